import { expect, test } from 'vitest'
import { said } from '../../../test/slack-archives.ts'
import { general, one, read } from '../../../test/slack-reading.ts'

test('ids follow the times of Slack to the microsecond and are the same each time', async () => {
  const rows = ['1700000001.000100', '1700000001.000101', '1700000001.000200'].map((ts) => said(ts, 'U1', 'x'))
  const [first, second] = [await read(general(...rows)), await read(general(...rows))]
  expect(first.messages.map((m) => m.id)).toEqual(second.messages.map((m) => m.id))
  expect([...first.messages.map((m) => m.id)].sort()).toEqual(first.messages.map((m) => m.id))
  expect(first.messages[0].at).toBe('2023-11-14T22:13:21.000Z')
})

test.each<[string, object, object]>([
  [
    'a message',
    said('1700000001.000100', 'U1', 'hi'),
    { kind: 'update', author: 'U1', body: 'hi', root: null, removed: false },
  ],
  [
    'a head of a thread',
    said('1700000001.000100', 'U1', 'hi', { thread_ts: '1700000001.000100', reply_count: 1 }),
    { kind: 'update', root: null },
  ],
  [
    'a reply',
    said('1700000002.000100', 'U1', 'hi', { thread_ts: '1700000001.000100', parent_user_id: 'U2' }),
    { kind: 'message', root: { ts: '1700000001.000100', author: 'U2' } },
  ],
  [
    'a reply sent to the channel too',
    said('1700000002.000100', 'U1', 'hi', {
      subtype: 'thread_broadcast',
      thread_ts: '1700000001.000100',
      root: { user: 'U2' },
    }),
    { kind: 'message', root: { author: 'U2' } },
  ],
  [
    'an edited one',
    said('1700000001.000100', 'U1', 'hi', { edited: { user: 'U1', ts: '1700000099.000000' } }),
    { edited_at: '2023-11-14T22:14:59.000Z' },
  ],
  ['/me', said('1700000001.000100', 'U1', 'waves', { subtype: 'me_message' }), { kind: 'update', body: '*waves*' }],
  [
    'a join',
    said('1700000001.000100', 'U1', '<@U1> has joined the channel', { subtype: 'channel_join' }),
    { kind: 'notice', notice: 'joined', body: 'has joined the channel', mentions: [] },
  ],
  [
    'a topic',
    said('1700000001.000100', 'U1', '<@U1> set the channel topic: *x*', { subtype: 'channel_topic' }),
    { kind: 'notice', notice: 'topic', body: 'set the channel topic: **x**' },
  ],
  [
    'a join that people reacted to',
    said('1700000001.000100', 'U1', '<@U1> has joined the channel', {
      subtype: 'channel_join',
      reactions: [{ name: 'tada', users: ['U2'] }],
    }),
    { kind: 'update', notice: null, body: 'has joined the channel' },
  ],
  [
    'a deleted head',
    {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      ts: '1700000001.000100',
      thread_ts: '1700000001.000100',
    },
    { removed: true, body: '', kind: 'update' },
  ],
  [
    'a file',
    said('1700000001.000100', 'U1', '', {
      subtype: 'file_share',
      files: [
        {
          id: 'F1',
          name: 'a.png',
          mimetype: 'image/png',
          size: 5,
          original_w: 2,
          original_h: 3,
          url_private: 'https://files.slack.com/x',
        },
      ],
    }),
    {
      kind: 'update',
      body: '',
      files: [
        {
          external_id: 'F1',
          name: 'a.png',
          type: 'image/png',
          size: 5,
          width: 2,
          height: 3,
          original: 'https://files.slack.com/x',
        },
      ],
    },
  ],
  [
    'a deleted file',
    said('1700000001.000100', 'U1', '', { files: [{ id: 'F1', mode: 'tombstone' }] }),
    { files: [{ name: 'Deleted file', size: 0 }] },
  ],
  [
    'a comment on a file',
    {
      type: 'message',
      subtype: 'file_comment',
      ts: '1700000001.000100',
      text: 'U2 commented',
      file: { id: 'F1', name: 'a' },
      comment: { user: 'U2', comment: 'nice' },
    },
    { author: 'U2', body: 'nice' },
  ],
  [
    'an unknown subtype',
    said('1700000001.000100', 'U1', 'hi', { subtype: 'constructor' }),
    { kind: 'update', body: 'hi' },
  ],
  ['signs no database holds', said('1700000001.000100', 'U1', 'a\u0000b\ud800c'), { body: 'ab\ufffdc' }],
])('%s', async (_, row, expected) => {
  expect(await one(row)).toMatchObject(expected)
})

test('reactions keep skin tones and custom names; two names of one emoji count once', async () => {
  const row = said('1700000001.000100', 'U1', 'x', {
    reactions: [
      { name: 'clap::skin-tone-3', users: ['U1'] },
      { name: 'わかる', users: ['U1', 'U2'] },
      { name: '+1', users: ['U1'] },
      { name: 'thumbsup', users: ['U1', 'U2'] },
    ],
  })
  const { messages, losses } = await read(general(row))
  expect(messages[0].reactions).toEqual([
    { emoji: '👏🏼', people: ['U1'] },
    { emoji: ':わかる:', people: ['U1', 'U2'] },
    { emoji: '👍', people: ['U1', 'U2'] },
  ])
  expect(losses.merged_reactions).toBe(1)
})

test('rows that are none are left out and counted', async () => {
  const rows = [
    null,
    3,
    'x',
    [],
    {},
    { ts: 'yesterday' },
    { ts: '99999999999.0' },
    {
      ts: '1700000001.000100',
      blocks: 'x',
      files: 7,
      reactions: [{ name: 4, users: 'all' }],
      attachments: { a: 1 },
      user: ['U1'],
    },
  ]
  const { messages, losses } = await read(general(...rows))
  expect(messages).toHaveLength(1)
  expect(losses.unreadable_rows).toBe(7)
})
