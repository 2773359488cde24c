import type { Files } from './slack-archives.ts'

type Row = Record<string, string | number>

const escaped = (value: string | number) =>
  String(value).replace(/[&<>"\n]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#xA;' })[sign]!)
const rowOf = (row: Row) => `  <row ${Object.entries(row).map(([name, value]) => `${name}="${escaped(value)}"`).join(' ')} />`

/** A file of a dump as Stack Exchange writes it: with a byte order mark, a row a line. */
export const xml = (root: string, rows: Row[]) => `\ufeff<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n${rows.map(rowOf).join('\n')}\n</${root}>`

const time = (minute: number) => new Date(Date.parse('2011-02-03T04:05:06.789Z') + minute * 60_000).toISOString().slice(0, 23)

export const question = (Id: number, Title: string, Body: string, more: Row = {}): Row =>
  ({ Id, PostTypeId: 1, CreationDate: time(Id), Score: 5, Title, Body, OwnerUserId: 1, Tags: '<gears><c++>', ...more })
export const answer = (Id: number, ParentId: number, Body: string, more: Row = {}): Row =>
  ({ Id, PostTypeId: 2, ParentId, CreationDate: time(Id), Score: 3, Body, OwnerUserId: 2, ...more })
export const comment = (Id: number, PostId: number, Text: string, more: Row = {}): Row =>
  ({ Id, PostId, Score: 0, Text, CreationDate: time(10_000 + Id), UserId: 1, ...more })

let serial = 0
/** Each test has a site of its own: its first account was made at a moment that nobody else has. */
export const site = () => {
  const n = ++serial
  const user = (Id: number, DisplayName: string, more: Row = {}): Row => ({ Id, DisplayName, CreationDate: time(-1000 - n), AccountId: n * 1000 + Id, ...more })
  const users = [user(-1, 'Community', { AccountId: -1 }), user(1, `Ann ${n}`), user(2, `Ben ${n}`), user(9, `Silent ${n}`, { AboutMe: '<p>Hi</p>' })]
  const name = `bikes${n}.example`
  return {
    name, user, users,
    /** the files of a dump of it */
    dump: (posts: Row[], more: { comments?: Row[]; links?: Row[]; users?: Row[] } = {}): Files => ({
      'Posts.xml': xml('posts', posts), 'Users.xml': xml('users', more.users ?? users), 'Comments.xml': xml('comments', more.comments ?? []),
      'PostLinks.xml': xml('postlinks', more.links ?? []), 'Votes.xml': xml('votes', [{ Id: 1, PostId: 1, VoteTypeId: 2, CreationDate: time(0) }]),
    }),
  }
}

/** Two questions, of which one repeats the other; one is answered twice, and commented on. */
export const small = ({ name, dump }: ReturnType<typeof site>): Files => dump([
  question(1, 'Why do gears slip?', `<p>See <a href="https://${name}/questions/3/again">the other</a> and <code>a*b</code>.</p>\n<ul>\n<li>One</li>\n<li>Two <strong>bold</strong></li>\n</ul>`, { AcceptedAnswerId: 4 }),
  answer(2, 1, '<p>No idea, 2 * 3 * 4</p>', { Score: -1, LastEditDate: '2012-01-01T00:00:00.000' }),
  { ...question(3, 'Why do my gears slip again?', '<p>Again &lt;b&gt;</p>'), OwnerDisplayName: 'Gone Girl' },
  answer(4, 1, '<blockquote><p>slip</p></blockquote>\n<p>The <a href="/q/1">cable</a> <img src="https://pics.example/a.png" alt="a cable"></p>'),
  { Id: 5, PostTypeId: 4, CreationDate: time(5), Body: 'About gears' },
].map((row) => (row.OwnerDisplayName ? Object.fromEntries(Object.entries(row).filter(([field]) => field !== 'OwnerUserId')) as Row : row)), {
  comments: [comment(1, 4, '@Ben *thanks*, see [this](https://x.example/a_b)', { Score: 2 }), comment(2, 1, 'Which gears?', { UserId: 2 }), comment(3, 77, 'Lost')],
  links: [{ Id: 1, PostId: 1, RelatedPostId: 3, LinkTypeId: 1, CreationDate: time(1) }, { Id: 2, PostId: 3, RelatedPostId: 1, LinkTypeId: 3, CreationDate: time(2) }],
})
