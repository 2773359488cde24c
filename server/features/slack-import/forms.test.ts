import { expect, test } from 'vitest'
import { said, small } from '../../../test/slack-archives.ts'
import { general, one, read } from '../../../test/slack-reading.ts'
import { noticeTypes } from './notices.ts'

const ts = '1700000001.000100'
const held = (room: object, more: object = {}) =>
  ({ type: 'message', subtype: 'huddle_thread', user: 'USLACKBOT', text: '', ts, room, ...more })

test.each<[string, object, object]>([
  [
    'a huddle says who held it with whom and how long',
    held({ created_by: 'U1', participant_history: ['U1', 'U2'], date_start: 1700000000, date_end: 1700003900 }),
    { kind: 'notice', notice: 'call', author: 'U1', body: 'held a huddle with @bob, 1 hour 5 minutes' },
  ],
  [
    'a huddle that people talk about is a message',
    held({ created_by: 'U1', name: 'Retro <1>', date_start: 1700000000, date_end: 0 }, { text: 'A huddle started', reply_count: 1 }),
    { kind: 'update', author: 'U1', body: 'held a huddle “Retro <1>”' },
  ],
  ['a call', { ...held({ date_start: 5, date_end: 25 }), subtype: 'sh_room_created', user: 'U2' },
    { author: 'U2', body: 'held a call, less than a minute' }],
  [
    'an old share of a file is its comment',
    said(ts, 'U1', '<@U1|ann> uploaded a file: <https://acme.slack.com/files/F1|a.png> and commented: *look*\nhere', {
      subtype: 'file_share', upload: true, file: { id: 'F1', name: 'a.png' },
    }),
    { body: '**look**  \nhere', files: [{ name: 'a.png' }] },
  ],
  ['and nothing where there was none',
    said(ts, 'U1', '<@U1|ann> added a Post: <https://acme.slack.com/files/F1|Plan>', {
      subtype: 'file_share', file: { id: 'F1', title: 'Plan' },
    }), { body: '', files: [{ name: 'Plan' }] }],
  ['a comment on a file whose words stand in the text only',
    { type: 'message', subtype: 'file_comment', text: 'Bob: dear', comment: { user: 'U2' }, ts }, { author: 'U2', body: 'Bob: dear' }],
  ['a file inside an attachment, once',
    said(ts, 'U1', '', { attachments: [{ fallback: 'shot', files: [{ id: 'F3', name: 'shot.png' }, { id: 'F3' }] }] }),
    { body: 'shot', files: [{ external_id: 'F3' }] }],
  ['a preview that is the whole message',
    said(ts, 'U1', '', { attachments: [{ from_url: 'https://x.example/p', title: 'A page', text: 'about' }] }),
    { body: '> **[A page](https://x.example/p)**\n>\n> about' }],
  ['a bot that writes under another name than its account',
    said(ts, 'U2', 'done', { bot_id: 'B1', username: 'Deployer' }), { author: 'U2', body: '**Deployer:**\n\ndone' }],
  ['a call of another maker',
    said(ts, 'U1', '', { blocks: [{ type: 'call', call: { v1: { name: 'Stand-up', join_url: 'https://z.example/1' } } }] }),
    { body: '[Stand-up](https://z.example/1)' }],
])('%s', async (_, row, expected) => {
  expect(await one(row)).toMatchObject(expected)
})

test('ids of rich text get the names that its plain copy holds', async () => {
  const elements = [
    { type: 'usergroup', usergroup_id: 'S1' }, { type: 'text', text: ' ' }, { type: 'user', user_id: 'U9' },
    { type: 'text', text: ' ' }, { type: 'channel', channel_id: 'C9' }, { type: 'text', text: ' ' },
    { type: 'canvas', file_id: 'F1' }, { type: 'text', text: ' ' }, { type: 'list', file_id: 'F2' },
  ]
  const blocks = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]
  const text = '<!subteam^S1|@support> <@U9|xenia> <#C9|gone> <https://acme.slack.com/docs/T1/F1|Plan> list'
  const { body } = await one(said(ts, 'U1', text, { blocks, files: [{ id: 'F2', title: 'Tracker', mode: 'list' }] }))
  expect(body).toBe('@support `@xenia` `#gone` Plan Tracker')
})

test('no sort of message comes without words, and what a log tells is no message', async () => {
  const sorts = [...noticeTypes, 'joiner_notification', 'assistant_app_thread', 'list_record_comment', 'document_mention', '', 'ekm_access_denied', 'constructor']
  const rows = sorts.map((subtype, i) => said(`17000001${String(i).padStart(2, '0')}.000100`, 'U1', '', { subtype }))
  const logs = ['message_changed', 'message_deleted', 'message_replied']
    .map((subtype, i) => said(`170000020${i}.000100`, 'U1', 'secret', { subtype }))
  const { messages, losses } = await read(general(...rows, ...logs))
  expect(messages).toHaveLength(sorts.length)
  for (const message of messages) expect(message.body).not.toBe('')
  expect(losses).toMatchObject({ empty_messages: sorts.length - 3, edit_log: 3 })
})

const blocks: Record<string, object> = {
  section: { text: { type: 'mrkdwn', text: 'w1' }, fields: [{ type: 'plain_text', text: 'w2' }] },
  header: { text: { type: 'plain_text', text: 'w1' } },
  context: { elements: [{ type: 'mrkdwn', text: 'w1' }, { type: 'plain_text', text: 'w2' }] },
  markdown: { text: 'w1' },
  image: { alt_text: 'w1', image_url: 'https://x.example/i.png' },
  video: { title: { text: 'w1' }, video_url: 'https://x.example/v', description: { type: 'plain_text', text: 'w2' } },
  input: { label: { type: 'plain_text', text: 'w1' } },
  table: { rows: [[{ type: 'raw_text', text: 'w1' }, { type: 'raw_number', value: 42 }]] },
  data_table: { caption: 'w1', rows: [[{ type: 'raw_text', text: 'w2' }, { type: 'raw_number', value: 42 }]] },
  card: { title: { type: 'plain_text', text: 'w1' }, body: { type: 'mrkdwn', text: '*w2*' } },
  alert: { text: { type: 'mrkdwn', text: 'w1' } },
  plan: { title: 'w1', tasks: [{ type: 'task_card', title: 'w2', sources: [{ type: 'url', url: 'https://x.example', text: 'w3' }] }] },
  task_card: { title: 'w1', details: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'w2' }] }] } },
  carousel: { elements: [{ type: 'card', title: { type: 'plain_text', text: 'w1' } }] },
  file: { file: { title: 'w1' } },
  something_new: { text: { type: 'mrkdwn', text: 'w1' }, deeper: 1, items: [{ label: 'w2' }] },
}

test.each(Object.entries(blocks))('the words of a block of the kind %s are kept', async (type, block) => {
  const { messages, losses } = await read(general(said(ts, 'U1', '', { blocks: [{ type, ...block }] })))
  for (const word of JSON.stringify(block).match(/w\d|42/g)!) expect(messages[0].body).toContain(word)
  expect(losses.unknown_block ?? 0).toBe(type === 'something_new' ? 1 : 0)
})

test('what only can be pressed is in the report', async () => {
  const button = { type: 'button', text: { type: 'plain_text', text: 'Go' } }
  const rows = [
    { type: 'actions', elements: [button] },
    { type: 'section', text: { type: 'plain_text', text: 'x' }, accessory: button },
    { type: 'context_actions', elements: [{ type: 'feedback_buttons' }] },
  ]
  const { losses } = await read(general(said(ts, 'U1', 'x', { blocks: rows })))
  expect(losses.button).toBe(3)
})

test('a row that is nested without end is left out, and the rest comes', async () => {
  const deep = (n: number) => `{"type":"message","user":"U1","ts":"${ts}","text":"x","blocks":${'['.repeat(n)}${']'.repeat(n)}}`
  const good = JSON.stringify(said('1700000002.000100', 'U2', 'here'))
  const { messages, losses } = await read({ ...small(), 'general/2023-11-14.json': `[${deep(50_000)},${good},${deep(100_000)}]` })
  expect(messages).toMatchObject([{ body: 'here' }])
  expect(losses.unreadable_rows).toBe(2)
})

test('reactions of people whom the export does not name are counted', async () => {
  const reactions = [{ name: 'tada', count: 5, users: ['U1', 'U2'] }, { name: 'eyes', count: 3 }]
  const { messages, losses } = await read(general(said(ts, 'U1', 'x', { reactions })))
  expect(messages[0].reactions).toEqual([{ emoji: '🎉', people: ['U1', 'U2'] }])
  expect(losses.nameless_reactions).toBe(6)
})
