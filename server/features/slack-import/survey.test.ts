import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plainText } from '../../kernel/text.ts'
import { openArchive } from './archive.ts'
import { channel, type Files, makeZip, said, small, user } from './archive-maker.ts'
import { contentOf } from './content.ts'
import { surveySlack } from './commands.ts'
import { readDirectory } from './directory.ts'
import { freeHandle, legalHandle } from './handles.ts'
import { toMarkdown } from './markdown.ts'
import { readMessage } from './model.ts'
import { namesIn } from './names.ts'
import { words } from './prose.ts'
import { list, raw, string } from './raw.ts'
import { describe, Tally } from './report.ts'
import { messagesOf } from './survey.ts'

/** The messages of an archive's channels, in order, with the tally of what was lost. */
async function read(files: Files) {
  const archive = await openArchive(await makeZip(files))
  const tally = new Tally()
  const directory = await readDirectory(archive, tally)
  const messages = []
  for (const room of directory.channels.values()) {
    const names = namesIn(room, directory, { handle: (id) => directory.people.get(id)?.handle ?? null, space: (id) => `/spaces/${id}` }, tally)
    for (const day of archive.days(room.folder))
      for await (const { message } of messagesOf(archive, day, { directory, channel: room, names, tally })) messages.push(message)
  }
  await archive.close()
  return { messages, directory, tally, losses: Object.fromEntries(tally.lossesNow().map((loss) => [loss.code, loss.count])) }
}
const general = (...rows: unknown[]): Files => ({ ...small(), 'general/2023-11-14.json': rows })
const one = async (row: object, more: Files = {}) => (await read({ ...general(row), ...more })).messages[0]

test('a handle is legal, near to the wished one, and nobody else has it', () => {
  expect(['Ann', 'zoë.müller', '-bob-', 'a b/c', '日本語', '', 'x'.repeat(60), '.'].map((wish) => legalHandle(wish, 'slack-U1')))
    .toEqual(['ann', 'zoe.muller', 'bob', 'a-b-c', 'slack-u1', 'slack-u1', 'x'.repeat(39), 'slack-u1'])
  const taken = new Set(['ann', 'x'.repeat(39)])
  expect([freeHandle('ann', taken), freeHandle('ann', taken), freeHandle('x'.repeat(39), taken)]).toEqual(['ann-2', 'ann-3', `${'x'.repeat(37)}-2`])
})

test('people: double accounts become one, deleted ones are deactivated, guests stay guests, administrators are members', async () => {
  const { directory, losses } = await read({
    ...small(), 'users.json': [
      user('U1', 'ann', { is_admin: true }), user('U2', 'bob', { deleted: true }), user('U3', 'ann.2', { profile: { email: 'ANN@acme.example' } }),
      user('U4', 'gina', { is_ultra_restricted: true }), user('U5', 'robot', { is_bot: true, profile: { bot_id: 'B5' } }), { id: 'U00', name: 'nobody' }, null, { id: '../x' },
    ],
  })
  expect([...directory.people.values()].map(({ external_id, kind, handle, role, state }) => [external_id, kind, handle, role, state])).toEqual([
    ['U1', 'person', 'ann', 'member', 'imported'], ['U2', 'person', 'bob', 'member', 'deactivated'],
    ['U4', 'person', 'gina', 'guest', 'imported'], ['U5', 'bot', 'robot', 'member', 'imported'],
  ])
  expect(directory.person('U3')).toBe('U1')
  expect(losses).toMatchObject({ merged_people: 1, administrators: 1 })
})

test('without users.json the authors are made up, from what messages say of them', async () => {
  const files = general(said('1700000001.000100', 'U1', 'hi', { user_profile: { real_name: 'Ann Abel', name: 'ann' } }), said('1700000002.000100', 'U9', 'hi'))
  delete files['users.json']
  const { directory, losses } = await read(files)
  expect([...directory.people.values()].map(({ name, handle }) => [name, handle])).toEqual([['Slack U1', 'slack-u1'], ['Slack U2', 'slack-u2'], ['Slack U9', 'slack-u9']])
  expect(losses.unknown_people).toBe(3)
})

test('ids follow the times of Slack to the microsecond and are the same each time', async () => {
  const rows = ['1700000001.000100', '1700000001.000101', '1700000001.000200'].map((ts) => said(ts, 'U1', 'x'))
  const [first, second] = [await read(general(...rows)), await read(general(...rows))]
  expect(first.messages.map((m) => m.id)).toEqual(second.messages.map((m) => m.id))
  expect([...first.messages.map((m) => m.id)].sort()).toEqual(first.messages.map((m) => m.id))
  expect(first.messages[0].at).toBe('2023-11-14T22:13:21.000Z')
})

test.each<[string, object, object]>([
  ['a message', said('1700000001.000100', 'U1', 'hi'), { kind: 'update', author: 'U1', body: 'hi', root: null, removed: false }],
  ['a head of a thread', said('1700000001.000100', 'U1', 'hi', { thread_ts: '1700000001.000100', reply_count: 1 }), { kind: 'update', root: null }],
  ['a reply', said('1700000002.000100', 'U1', 'hi', { thread_ts: '1700000001.000100', parent_user_id: 'U2' }), { kind: 'message', root: { ts: '1700000001.000100', author: 'U2' } }],
  ['a reply sent to the channel too', said('1700000002.000100', 'U1', 'hi', { subtype: 'thread_broadcast', thread_ts: '1700000001.000100', root: { user: 'U2' } }), { kind: 'message', root: { author: 'U2' } }],
  ['an edited one', said('1700000001.000100', 'U1', 'hi', { edited: { user: 'U1', ts: '1700000099.000000' } }), { edited_at: '2023-11-14T22:14:59.000Z' }],
  ['/me', said('1700000001.000100', 'U1', 'waves', { subtype: 'me_message' }), { kind: 'update', body: '*waves*' }],
  ['a join', said('1700000001.000100', 'U1', '<@U1> has joined the channel', { subtype: 'channel_join' }), { kind: 'notice', notice: 'joined', body: 'has joined the channel', mentions: [] }],
  ['a topic', said('1700000001.000100', 'U1', '<@U1> set the channel topic: *x*', { subtype: 'channel_topic' }), { kind: 'notice', notice: 'topic', body: 'set the channel topic: **x**' }],
  ['a join that people reacted to', said('1700000001.000100', 'U1', '<@U1> has joined the channel', { subtype: 'channel_join', reactions: [{ name: 'tada', users: ['U2'] }] }), { kind: 'update', notice: null, body: 'has joined the channel' }],
  ['a deleted head', { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.', ts: '1700000001.000100', thread_ts: '1700000001.000100' }, { removed: true, body: '', kind: 'update' }],
  ['a file', said('1700000001.000100', 'U1', '', { subtype: 'file_share', files: [{ id: 'F1', name: 'a.png', mimetype: 'image/png', size: 5, original_w: 2, original_h: 3, url_private: 'https://files.slack.com/x' }] }),
    { kind: 'update', body: '', files: [{ external_id: 'F1', name: 'a.png', type: 'image/png', size: 5, width: 2, height: 3, original: 'https://files.slack.com/x' }] }],
  ['a deleted file', said('1700000001.000100', 'U1', '', { files: [{ id: 'F1', mode: 'tombstone' }] }), { files: [{ name: 'Deleted file', size: 0 }] }],
  ['a comment on a file', { type: 'message', subtype: 'file_comment', ts: '1700000001.000100', text: 'U2 commented', file: { id: 'F1', name: 'a' }, comment: { user: 'U2', comment: 'nice' } }, { author: 'U2', body: 'nice' }],
  ['an unknown subtype', said('1700000001.000100', 'U1', 'hi', { subtype: 'constructor' }), { kind: 'update', body: 'hi' }],
  ['signs no database holds', said('1700000001.000100', 'U1', 'a\u0000b\ud800c'), { body: 'ab\ufffdc' }],
])('%s', async (_, row, expected) => {
  expect(await one(row)).toMatchObject(expected)
})

test('reactions keep skin tones and custom names; two names of one emoji count once', async () => {
  const row = said('1700000001.000100', 'U1', 'x', { reactions: [
    { name: 'clap::skin-tone-3', users: ['U1'] }, { name: 'わかる', users: ['U1', 'U2'] }, { name: '+1', users: ['U1'] }, { name: 'thumbsup', users: ['U1', 'U2'] },
  ] })
  const { messages, losses } = await read(general(row))
  expect(messages[0].reactions).toEqual([{ emoji: '👏🏼', people: ['U1'] }, { emoji: ':わかる:', people: ['U1', 'U2'] }, { emoji: '👍', people: ['U1', 'U2'] }])
  expect(losses.merged_reactions).toBe(1)
})

test('bots: by account, by bot id, by name; a changing name stands above the words', async () => {
  const bot = (more: object) => ({ type: 'message', subtype: 'bot_message', text: 'hi', ts: '1700000001.000100', ...more })
  const users = { 'users.json': [user('U1', 'ann'), user('U2', 'bob'), user('U5', 'robot', { is_bot: true, profile: { real_name: 'Robot', bot_id: 'B5' } })] }
  expect(await one(bot({ bot_id: 'B5' }), users)).toMatchObject({ author: 'U5', body: 'hi' })
  expect(await one(bot({ bot_id: 'B5', username: 'Deploy *bot*' }), users)).toMatchObject({ author: 'U5', body: '**Deploy \\*bot\\*:**\n\nhi' })
  expect(await one(bot({ bot_id: 'B9', username: 'Weather' }), users)).toMatchObject({ author: 'B9', body: 'hi' })
  expect((await one(bot({ username: 'Old hook' }), users)).author).toMatch(/^BNAME/)
})

test('what an app attaches is part of the message, a preview is not', async () => {
  const attachments = [
    { pretext: 'Issue by <https://x.example/ann|ann>', title: '<https://x.example/1|#1 Title>', text: 'It *fails*', fields: [{ title: 'Labels', value: 'bug' }], footer: 'repo', actions: [{ text: 'Close' }] },
    { from_url: 'https://x.example/page', title: 'A page', text: 'about' },
    { is_share: true, is_msg_unfurl: true, author_id: 'U2', from_url: 'https://acme.slack.com/archives/C1/p1700000001000100', text: 'shared words' },
  ]
  const { messages, losses } = await read(general({ ...said('1700000009.000100', 'U1', ''), attachments }))
  expect(messages[0].body).toMatch(/^Issue by \[ann\]\(https:\/\/x\.example\/ann\)\n\n> \*\*\[#1 Title\]\(https:\/\/x\.example\/1\)\*\*\n>\n> It \*\*fails\*\*\n>\n> \*\*Labels:\*\* bug\n>\n> repo\n\n> \*\*@bob\*\* \[https.*\]\(\/e\/[0-9a-f-]{36}\)\n>\n> shared words$/)
  expect(losses).toMatchObject({ link_previews: 1, button: 1 })
})

test('rich text is taken before its plain copy, the blocks of apps unless they say less', async () => {
  const blocks = [{ type: 'rich_text', elements: [
    { type: 'rich_text_section', elements: [{ type: 'text', text: 'これは' }, { type: 'text', text: '重要', style: { bold: true } }, { type: 'text', text: 'です ' }, { type: 'user', user_id: 'U2' }, { type: 'emoji', name: 'tada', unicode: '1f389' }] },
    { type: 'rich_text_list', style: 'bullet', indent: 0, elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }] },
    { type: 'rich_text_list', style: 'ordered', indent: 1, offset: 2, elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'https://x.example' }] }] },
    { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a\nb' }] },
    { type: 'rich_text_quote', elements: [{ type: 'text', text: 'q' }] },
  ] }]
  expect((await one(said('1700000001.000100', 'U1', 'これは*重要*です', { blocks }))).body)
    .toBe('これは**重要**です @bob 🎉\n\n- one\n\n  3. <https://x.example>\n\n```\na\nb\n```\n\n> q'.replace(' 🎉', '🎉'))
  const section = [{ type: 'section', text: { type: 'mrkdwn', text: '*Plan*\nlong and whole' }, fields: [{ type: 'plain_text', text: 'x :tada:' }] }, { type: 'actions', elements: [{ text: { text: 'Go' } }] }]
  expect((await one(said('1700000001.000100', 'U1', 'Plan', { blocks: section }))).body).toBe('**Plan**  \nlong and whole\n\nx 🎉')
  expect((await one(said('1700000001.000100', 'U1', 'All the words are here', { blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: 'App' }] }] }))).body).toBe('All the words are here')
})

test('a private channel is a secret space, a conversation has exactly its people, and neither is named to others', async () => {
  const { directory, messages, losses } = await read({
    ...small(), 'groups.json': [channel('G1', 'layoffs', ['U1'])], 'dms.json': [{ id: 'D1', created: 1, members: ['U1', 'U2'] }],
    'mpims.json': [{ id: 'G2', name: 'mpdm-ann--bob--x-1', members: ['U1', 'U2', 'U9'] }],
    'general/2023-11-14.json': [said('1700000001.000100', 'U1', 'see <#G1|layoffs> and <#G1>')],
    'layoffs/2023-11-14.json': [said('1700000001.000100', 'U1', 'we are <#G1>')], 'D1/2023-11-14.json': [said('1700000001.000100', 'U1', 'psst')],
  })
  expect([...directory.channels.values()].map(({ external_id, kind, visibility, members }) => [external_id, kind, visibility, members])).toEqual([
    ['C1', 'community', 'open', ['U1', 'U2']], ['G1', 'community', 'secret', ['U1']], ['G2', 'direct', 'secret', ['U1', 'U2', 'U9']], ['D1', 'direct', 'secret', ['U1', 'U2']],
  ])
  expect(messages.map((m) => [m.kind, m.body])).toEqual([
    ['update', 'see `#private channel` and `#private channel`'], ['update', 'we are [#layoffs](/spaces/G1)'], ['message', 'psst'],
  ])
  expect(losses.private_channel).toBe(2)
})

test('rows that are none are left out and counted', async () => {
  const rows = [null, 3, 'x', [], {}, { ts: 'yesterday' }, { ts: '99999999999.0' }, { ts: '1700000001.000100', blocks: 'x', files: 7, reactions: [{ name: 4, users: 'all' }], attachments: { a: 1 }, user: ['U1'] }]
  const { messages, losses } = await read(general(...rows))
  expect(messages).toHaveLength(1)
  expect(losses.unreadable_rows).toBe(7)
})

test('the report names what is lost, and quotes nothing private', async () => {
  const report = await surveySlack(await makeZip({
    ...general(
      said('1700000001.000100', 'U1', 'hi', { edited: { ts: '1700000002.000100' } }), said('1700000001.000100', 'U1', 'twice'),
      said('1700000005.000100', 'U2', 'orphan', { thread_ts: '1690000001.000100' }), said('1700000006.000100', 'U2', 'see <#C404|gone>', { pinned_to: ['C1'] }),
    ),
    'groups.json': [channel('G1', 'layoffs', ['U1'])], 'layoffs/2023-11-14.json': [said('1700000001.000100', 'U1', '', { files: [{ id: 'F1', name: 'list of names.xlsx' }] })],
    'elsewhere/2023-11-14.json': [], 'canvases.json': [], 'integration_logs.json': [], 'notes.txt': 'x',
  }))
  expect(report).toMatchObject({ entries: 4, spaces: 2, edited: 1, placeholders: 1, replies: 1, files: 1, archive: { first: '2023-11-14', days: 2 } })
  const losses = Object.fromEntries(report.losses.map((loss) => [loss.code, loss]))
  expect(losses.missing_roots).toMatchObject({ count: 1, examples: [expect.stringContaining('#general 2023-07-22')] })
  expect(losses).toMatchObject({ repeated_rows: { count: 1 }, unknown_channel: { examples: ['#gone (C404)'] }, pins: { count: 1 }, unknown_folders: { examples: ['elsewhere'] }, other_files: { examples: ['notes.txt'] }, canvases: {} })
  expect(losses.file_contents).toMatchObject({ count: 1, examples: [] })
  expect(JSON.stringify(report)).not.toContain('layoffs')
  expect(describe(report)).toContain('4  messages')
})

test('a broken day at the very end is found before anything else is done', async () => {
  await expect(surveySlack(await makeZip({ ...small(), 'general/2024-01-01.json': '[{]' }))).rejects.toMatchObject({ code: 'archive_broken_json' })
})

// A real export that is not in the repository: it is the speech of real people.
const real = join(import.meta.dirname, '../../../../shared/data/slack-dd2030/slack-export-dd2030.zip')

test.skipIf(!existsSync(real))('a real workspace comes whole, with every word that was shown in Slack (skipped where the export is not at hand)', async () => {
  const report = await surveySlack(real)
  expect(report).toMatchObject({
    spaces: 36, people: 343, bots: 6, entries: 11_521, threads: 1403, replies: 6761, placeholders: 7, removed: 4, broadcasts: 723,
    reactions: 14_575, files: 958, edited: 1533,
  })
  expect(report.updates + report.replies + report.notices).toBe(report.entries)
  expect(report.losses.find((loss) => loss.code === 'unknown_channel')?.count).toBe(4)
  expect(report.losses.filter((loss) => /^(unreadable|damaged|repeated|unknown_(block|element|mention|folders))/.test(loss.code))).toEqual([])

  const archive = await openArchive(real)
  const tally = new Tally()
  const directory = await readDirectory(archive, tally)
  const bare = (text: string) => text.replace(/[\s\u00a0]+/g, '')
  let compared = 0
  for (const room of directory.channels.values()) {
    const names = namesIn(room, directory, { handle: (id) => directory.people.get(id)?.handle ?? null, space: (id) => `/spaces/${id}` }, tally)
    for (const day of archive.days(room.folder)) for await (const { value } of archive.rows(`${room.folder}/${day}.json`)) {
      const blocks = contentOf(raw(value), names)
      const message = readMessage(value, { directory, channel: room, names, tally })!
      if (compared % 4 === 0) expect(bare(plainText(toMarkdown(blocks)))).toBe(bare(words(blocks)))
      if (!message.removed && message.kind !== 'notice') expect(message.body !== '' || message.files.length > 0, string(raw(value).ts)).toBe(true)
      if (list(raw(value).files).length) expect(message.files).toHaveLength(list(raw(value).files).length)
      compared += 1
    }
  }
  await archive.close()
  expect(compared).toBe(11_521)
}, 120_000)
