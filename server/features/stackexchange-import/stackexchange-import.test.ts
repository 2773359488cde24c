import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeZip } from '../../../test/slack-archives.ts'
import { contents, finished, host, send } from '../../../test/slack-scene.ts'
import { answer, comment, question, site, small, xml } from '../../../test/stackexchange-dumps.ts'
import { importArchive } from '../../core/imports/commands.ts'
import { plainText } from '../../kernel/text.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { fromHtml } from './body.ts'
import { openDump } from './dump.ts'
import { readHtml, textOf } from './html.ts'
import { stackExchange } from './importer.ts'

type Site = ReturnType<typeof site>
const bring = async (as: Client, { name }: Site, files: Parameters<typeof send>[0], query = '') => finished(as, (await send(files, as, query, `${name}.zip`)).id)
const spaceOf = async (as: Client, { name }: Site): Promise<Json> => (await as.get(`/spaces?q=${name}`)).items.find((space: Json) => space.name === name)
const questionsOf = async (as: Client, space: Json): Promise<Json[]> => (await as.get(`/spaces/${space.id}/questions?limit=100`)).items.reverse()
const repliesOf = async (as: Client, { id }: Json): Promise<Json[]> => (await as.get(`/entries/${id}/thread?limit=100`)).items
const by = (all: Json[], words: string): Json => all.find(({ body }) => body.includes(words))!

test('a site comes as a space of questions with their answers, comments, topics and scores, under the names of those who wrote', async () => {
  const { olga, bob } = await scene()
  const s = site()
  const job = await bring(olga, s, small(s))
  expect(job).toMatchObject({ kind: 'stackexchange', state: 'done', written: { added: 6, spaces: 1, people: 3 }, report: { questions: 2, answers: 2, comments: 2, accepted: 1, duplicates: 1 } })
  const losses = Object.fromEntries(job.report.losses.map(({ code, count }: Json) => [code, count]))
  expect(losses).toEqual({ votes: 1, wikis: 1, lost_comments: 1, silent_people: 2, profiles: 1, unknown_people: 1, called_names: 1, pictures: 1, changed_tags: 1 })

  const space = await spaceOf(bob, s)
  expect(space).toMatchObject({ visibility: 'open', purpose: `Questions and answers from ${s.name}` })
  const [first, again] = await questionsOf(bob, space)
  const replies = await repliesOf(bob, first)
  const [ask, no, cable, thanks] = ['Which gears?', 'No idea', 'cable', 'thanks'].map((words) => by(replies, words))
  expect(first).toMatchObject({
    kind: 'question', title: 'Why do gears slip?', created_at: '2011-02-03T04:06:06.789Z', by: { name: expect.stringMatching(/^Ann/) }, reply_count: 4, reactions: [],
    body: `See [the other](/e/${again.id}) and \`a*b\`.\n\n- One\n- Two **bold**\n\n#gears #c-plus-plus`,
    question: { accepted: cable.id, duplicate_of: null }, imported: { source: 'stackexchange', score: 5, by: { id: olga.id } },
  })
  expect(again).toMatchObject({ body: 'Again \\<b>\n\n#gears #c-plus-plus', by: { name: 'Gone Girl' }, question: { duplicate_of: first.id } })
  expect(no).toMatchObject({ body: 'No idea, 2 * 3 * 4', parent: first.id, edited_at: '2012-01-01T00:00:00Z', imported: { score: -1 }, by: { name: expect.stringMatching(/^Ben/) } })
  expect(cable.body).toBe(`> slip\n\nThe [cable](/e/${first.id}) [a cable](https://pics.example/a.png)`)
  expect(thanks).toMatchObject({ parent: cable.id, body: '@Ben *thanks*, see [this](https://x.example/a_b)', mentions: [], imported: { score: 2 } })
  expect(ask).toMatchObject({ parent: first.id, created_at: expect.stringMatching(/^2011-02-10/) })
  expect(ask.imported).not.toHaveProperty('score')
  expect((await bob.get('/topics/c-plus-plus/entries')).items.map(({ id }: Json) => id)).toEqual(expect.arrayContaining([first.id, again.id]))
  expect((await bob.get('/spaces?mine=true')).items).not.toContainEqual(expect.objectContaining({ id: space.id }))
})

test('again it changes nothing; a longer dump adds what is new and follows what was edited, settled or judged there, but not what is somebody’s here', async () => {
  const { olga, bob } = await scene()
  const s = site()
  await bring(olga, s, small(s))
  const before = await contents()
  expect(await bring(olga, s, small(s))).toMatchObject({ written: { added: 0, changed: 0, unchanged: 6, people: 0, spaces: 0 } })
  expect(await contents()).toEqual(before)

  const space = await spaceOf(bob, s)
  const { pool } = await host()
  await pool.query(`update people set state = 'active' where name = $1`, [s.users[1].DisplayName])
  const longer = s.dump([
    question(1, 'Why do gears slip?', '<p>Another text</p>', { AcceptedAnswerId: 2 }), answer(2, 1, '<p>I know now</p>', { Score: 8 }),
    { ...question(3, 'Why do my gears slip again?', '<p>Again &lt;b&gt;</p>') }, answer(4, 1, '<p>Not the cable</p>'), answer(6, 3, '<p>New, from Ann</p>', { OwnerUserId: 1 }),
  ])
  const job = await bring(olga, s, longer)
  expect(job.written).toMatchObject({ added: 1, changed: 2 })
  expect(job.report.losses.map(({ code }: Json) => code)).toEqual(expect.arrayContaining(['attributed', 'kept_words']))
  const [first, again] = await questionsOf(bob, space)
  const replies = await repliesOf(bob, first)
  // Ann takes part by now: her question stays as it was, and what is new under her name waits for her word.
  expect(first.body).toContain('See [the other]')
  expect(first.question.accepted).toBe(by(replies, 'I know now').id)
  expect(by(replies, 'I know now').imported.score).toBe(8)
  expect(by(replies, 'Not the cable')).toBeDefined()
  expect((await repliesOf(bob, again))[0].by.name).toMatch(/^Ann .*\(import\)$/)
})

test('it goes into a space that was chosen by one of its hosts, and into no other afterwards', async () => {
  const { olga, ann, bob, settled } = await scene()
  const s = site()
  const [own, theirs] = [await olga.post('/spaces', { name: 'Gears', purpose: 'Ask', visibility: 'closed' }), await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })]
  expect(await bob.post('/imports', new FormData())).toMatchObject({ status: 403 })
  expect(await send(small(s), olga, `?space=${theirs.id}`)).toMatchObject({ status: 404 })
  const job = await bring(olga, s, small(s), `?space=${own.id}`)
  expect(job).toMatchObject({ state: 'done', written: { added: 6, spaces: 0 } })
  expect(await questionsOf(olga, own)).toHaveLength(2)
  await settled()
  const slips = async (as: Client) => (await as.get('/search?q=cable')).items.filter(({ space }: Json) => space === own.id)
  expect([(await slips(olga)).length > 0, await slips(bob)]).toEqual([true, []])
  const other = await olga.post('/spaces', { name: 'Other', purpose: 'Ask', visibility: 'open' })
  expect(await bring(olga, s, small(s), `?space=${other.id}`)).toMatchObject({ state: 'failed', error: { code: 'imported_elsewhere' } })
  expect(await send({ 'users.json': [], 'channels.json': [] }, olga, `?space=${other.id}`)).toMatchObject({ status: 422, code: 'brings_spaces' })
})

test('what is no dump, or a broken one, ends with a code and changes nothing', async () => {
  const { olga } = await scene()
  const s = site()
  const whole = s.dump([question(1, 'Whole?', '<p>Yes</p>')])
  const before = await contents()
  const posts = whole['Posts.xml'] as string
  expect(await send({ 'letter.txt': 'Dear administrator' }, olga)).toMatchObject({ status: 422, code: 'archive_unknown' })
  expect(await send({ 'Users.xml': whole['Users.xml'] }, olga)).toMatchObject({ status: 422, code: 'archive_no_posts' })
  expect(await send({ 'a/Posts.xml': posts, 'b/Posts.xml': posts }, olga)).toMatchObject({ status: 422, code: 'archive_several_exports' })
  const form = new FormData()
  form.append('file', new Blob([Buffer.from('377abcaf271c0004', 'hex')]), 'site.7z')
  expect(await olga.post('/imports', form)).toMatchObject({ status: 422, code: 'archive_7z' })
  const broken = {
    'cut off': posts.slice(0, -30), 'cut at a row': posts.slice(0, posts.indexOf(' />')), 'without a quote': posts.replace('Id="1"', 'Id="1'), 'no rows': '<posts><post/></posts>',
    'words between': posts.replace('<row', 'Hello <row'), 'more after it': `${posts}<posts></posts>`, 'no UTF-8': Buffer.from(posts.replace('Yes', 'Yés'), 'latin1'), empty: ' ',
  }
  for (const [what, file] of Object.entries(broken)) {
    const job = await finished(olga, (await send({ ...whole, 'Posts.xml': file }, olga)).id)
    expect(job, what).toMatchObject({ state: 'failed', error: { code: 'archive_broken_xml', detail: expect.stringContaining('Posts.xml') }, written: null })
  }
  expect(await contents()).toEqual(before)
  const odd = { ...whole, 'Posts.xml': xml('posts', [{ PostTypeId: 1, Title: 'No id', Body: 'x', CreationDate: '2011-01-01T00:00:00.000' }, question(2, 'No time', 'x', { CreationDate: 'yesterday' }), question(3, 'Too old', 'x', { CreationDate: '1970-01-02T00:00:00.000' })]) }
  expect((await finished(olga, (await send(odd, olga, '?dry_run=true')).id)).report).toMatchObject({ questions: 0, losses: expect.arrayContaining([expect.objectContaining({ code: 'unreadable_rows', count: 3 })]) })
})

test('an interrupted import goes on where it was', async () => {
  const s = site()
  const posts = Array.from({ length: 700 }, (_, i) => (i % 2 ? answer(i + 1, i, `<p>answer ${i}</p>`) : question(i + 1, `Question ${i}`, `<p>words ${i}</p>`, { AcceptedAnswerId: i + 2 })))
  const path = await makeZip(s.dump(posts, { comments: posts.map(({ Id }) => comment(Number(Id), Number(Id), `comment ${Id}`)) }))
  const { pool } = await host()
  const count = async () => (await pool.query(`select count(*)::int as n from entries e join spaces s on s.id = e.space_id where s.name = $1`, [s.name])).rows[0].n
  let asked = 0
  // Refused is not interrupted: the next one begins anew, where it is told to.
  await expect(importArchive(await host(), stackExchange, path, { space: '01900000-0000-7000-8000-00000000000f' })).rejects.toMatchObject({ code: 'not_found' })
  const wish = { name: s.name, isStopped: () => ++asked > 2 }
  await expect(importArchive(await host(), stackExchange, path, wish)).rejects.toThrow('run it again')
  expect(await count()).toBe(700)
  const job = await importArchive(await host(), stackExchange, path, { name: s.name })
  expect(job).toMatchObject({ state: 'done', done: 1400, written: { added: 1400, spaces: 1 } })
  expect(await count()).toBe(1400)
  expect((await pool.query(`select count(*)::int as n from questions q join entries e on e.id = q.entry_id join spaces s on s.id = e.space_id where s.name = $1 and accepted_id is not null`, [s.name])).rows[0].n).toBe(350)
})

test('hostile HTML becomes words, and nothing that a browser would run or that Markdown would read otherwise', () => {
  const nowhere = (address: string) => (/^https?:/.test(address) ? address : null)
  const cases: [string, string][] = [
    ['<script>alert(1)</script><p onclick="x()">a<style>p{}</style></p><iframe src="https://x.example">no</iframe>', 'a'],
    ['<p><a href="javascript:alert(1)">click</a> <a href=" https://x.example/(a) ">here</a></p>', 'click [here](<https://x.example/(a)>)'],
    ['<img src="javascript:alert(1)" alt="![x](y)"><img src=x onerror=alert(1)>', '!\\[x](y)picture'],
    ['<p># no heading</p><p>1. no list</p><p>&lt;img src=x&gt; &amp;lt; *no* _no_</p>', '\\# no heading\n\n1\\. no list\n\n\\<img src=x> \\&lt; \\*no\\* \\_no\\_'],
    ['<pre><code>``` a\n</code></pre><p>x<code>a`b</code></p>', '````\n``` a\n````\n\nx``a`b``'],
    ['<p>10<sup>6</sup> H<sub>2</sub>O <kbd>Ctrl</kbd><br>next <s>old</s></p><hr><h2>Head</h2>', '10⁶ H₂O `Ctrl`\\\nnext ~~old~~\n\n---\n\n## Head'],
    ['<table><tr><th>a|b</th><th>c</th></tr><tr><td>1</td></tr></table>', '| a\\|b | c |\n| - | - |\n| 1 | |'],
    ['<ol start="3"><li><p>x</p><ul><li>y</li></ul></li></ol>loose <b> bold </b>words', '3. x\n   - y\n\nloose **bold** words'],
    [`${'<blockquote>'.repeat(5000)}deep`, `${'> '.repeat(24)}deep`],
  ]
  for (const [html, markdown] of cases) expect(fromHtml(html, nowhere).replace(/ +\|$/gm, ' |'), html.slice(0, 80)).toBe(markdown)
})

const real = join(import.meta.dirname, '../../../../shared/data/stackexchange-bicycles-meta/bicycles.meta.stackexchange.com.zip')

test.skipIf(!existsSync(real))('a whole real site comes with all that is in it, and every word of its posts is the same', async () => {
  const { ann } = await scene()
  const job = await importArchive(await host(), stackExchange, real)
  expect(job).toMatchObject({ report: { questions: 453, answers: 971, comments: 2448, accepted: 157, people: 322 }, written: { added: 3872 } })
  const [space] = (await ann.get('/spaces?q=bicycles.meta.stackexchange.com')).items
  const { pool } = await host()
  const { rows: [found] } = await pool.query(`select count(*) filter (where kind = 'question')::int as questions,
    count(*) filter (where parent_id = root_id and x.score is not null and e.created_at < '2023-09-01')::int as to_questions,
    count(*) filter (where exists (select from questions q where q.accepted_id = e.id))::int as accepted, count(*)::int as all
    from entries e left join external_entries x on x.entry_id = e.id where space_id = $1`, [space.id])
  expect(found).toMatchObject({ questions: 453, accepted: 157, all: 3872 })
  expect(await importArchive(await host(), stackExchange, real)).toMatchObject({ written: { added: 0, changed: 0, unchanged: 3872, people: 0 } })

  const bare = (text: string) => text.replace(/[\s⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋]+/g, '')
  const dump = await openDump(real)
  for await (const { Id, Body } of dump.rows('Posts'))
    if (!/<img|<su[bp]>/.test(Body)) expect(bare(plainText(fromHtml(Body, (address) => address))), Id).toBe(bare(readHtml(Body).map(textOf).join('')))
  await dump.close()
})
