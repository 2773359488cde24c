import { expect, test } from 'vitest'
import { said, user } from '../../../test/slack-archives.ts'
import { general, one, read } from '../../../test/slack-reading.ts'

test('bots: by account, by bot id, by name; a changing name stands above the words', async () => {
  const bot = (more: object) => ({
    type: 'message',
    subtype: 'bot_message',
    text: 'hi',
    ts: '1700000001.000100',
    ...more,
  })
  const users = {
    'users.json': [
      user('U1', 'ann'),
      user('U2', 'bob'),
      user('U5', 'robot', { is_bot: true, profile: { real_name: 'Robot', bot_id: 'B5' } }),
    ],
  }
  expect(await one(bot({ bot_id: 'B5' }), users)).toMatchObject({ author: 'U5', body: 'hi' })
  expect(await one(bot({ bot_id: 'B5', username: 'Deploy *bot*' }), users)).toMatchObject({
    author: 'U5',
    body: '**Deploy \\*bot\\*:**\n\nhi',
  })
  expect(await one(bot({ bot_id: 'B9', username: 'Weather' }), users)).toMatchObject({ author: 'B9', body: 'hi' })
  expect((await one(bot({ username: 'Old hook' }), users)).author).toMatch(/^BNAME/)
})

test('what an app attaches is part of the message, a preview is not', async () => {
  const attachments = [
    {
      pretext: 'Issue by <https://x.example/ann|ann>',
      title: '<https://x.example/1|#1 Title>',
      text: 'It *fails*',
      fields: [{ title: 'Labels', value: 'bug' }],
      footer: 'repo',
      actions: [{ text: 'Close' }],
    },
    { from_url: 'https://x.example/page', title: 'A page', text: 'about' },
    {
      is_share: true,
      is_msg_unfurl: true,
      author_id: 'U2',
      from_url: 'https://acme.slack.com/archives/C1/p1700000001000100',
      text: 'shared words',
    },
  ]
  const { messages, losses } = await read(general({ ...said('1700000009.000100', 'U1', ''), attachments }))
  expect(messages[0].body.replace(/\/e\/[0-9a-f-]{36}/, '/e/id').split('\n')).toEqual([
    'Issue by [ann](https://x.example/ann)',
    '',
    '> **[#1 Title](https://x.example/1)**',
    '>',
    '> It **fails**',
    '>',
    '> **Labels:** bug',
    '>',
    '> repo',
    '',
    '> **@bob** [https\\://acme.slack.com/archives/C1/p1700000001000100](/e/id)',
    '>',
    '> shared words',
  ])
  expect(losses).toMatchObject({ link_previews: 1, button: 1 })
})

test('rich text is taken before its plain copy, the blocks of apps unless they say less', async () => {
  const blocks = [
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'これは' },
            { type: 'text', text: '重要', style: { bold: true } },
            { type: 'text', text: 'です ' },
            { type: 'user', user_id: 'U2' },
            { type: 'emoji', name: 'tada', unicode: '1f389' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          indent: 0,
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          indent: 1,
          offset: 2,
          elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'https://x.example' }] }],
        },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a\nb' }] },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'q' }] },
      ],
    },
  ]
  expect((await one(said('1700000001.000100', 'U1', 'これは*重要*です', { blocks }))).body).toBe(
    'これは**重要**です @bob🎉\n\n- one\n\n  3. <https://x.example>\n\n```\na\nb\n```\n\n> q',
  )
  const section = [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '*Plan*\nlong and whole' },
      fields: [{ type: 'plain_text', text: 'x :tada:' }],
    },
    { type: 'actions', elements: [{ text: { text: 'Go' } }] },
  ]
  expect((await one(said('1700000001.000100', 'U1', 'Plan', { blocks: section }))).body).toBe(
    '**Plan**  \nlong and whole\n\nx 🎉',
  )
  expect(
    (
      await one(
        said('1700000001.000100', 'U1', 'All the words are here', {
          blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: 'App' }] }],
        }),
      )
    ).body,
  ).toBe('All the words are here\n\nApp')
})
