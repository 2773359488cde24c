import { expect, test } from 'vitest'
import { channel, said, small, user } from '../../../test/slack-archives.ts'
import { general, read } from '../../../test/slack-reading.ts'
import { freeHandle, legalHandle } from '../../core/imports/handles.ts'

test('a handle is legal, near to the wished one, and nobody else has it', () => {
  expect(
    ['Ann', 'zoë.müller', '-bob-', 'a b/c', '日本語', '', 'x'.repeat(60), '.'].map((wish) =>
      legalHandle(wish, 'slack-U1'),
    ),
  ).toEqual(['ann', 'zoe.muller', 'bob', 'a-b-c', 'slack-u1', 'slack-u1', 'x'.repeat(39), 'slack-u1'])
  const taken = new Set(['ann', 'x'.repeat(39)])
  expect([freeHandle('ann', taken), freeHandle('ann', taken), freeHandle('x'.repeat(39), taken)]).toEqual([
    'ann-2',
    'ann-3',
    `${'x'.repeat(37)}-2`,
  ])
})

test('double accounts become one, deleted ones are deactivated, nobody gets more rights', async () => {
  const { directory, losses } = await read({
    ...small(),
    'users.json': [
      user('U1', 'ann', { is_admin: true }),
      user('U2', 'bob', { deleted: true }),
      user('U3', 'ann.2', { profile: { email: 'ANN@acme.example' } }),
      user('U4', 'gina', { is_ultra_restricted: true }),
      user('U5', 'robot', { is_bot: true, profile: { bot_id: 'B5' } }),
      { id: 'U00', name: 'nobody' },
      null,
      { id: '../x' },
    ],
  })
  expect(
    [...directory.people.values()].map(({ external_id, kind, handle, role, state }) => [
      external_id,
      kind,
      handle,
      role,
      state,
    ]),
  ).toEqual([
    ['U1', 'person', 'ann', 'member', 'imported'],
    ['U2', 'person', 'bob', 'member', 'deactivated'],
    ['U4', 'person', 'gina', 'guest', 'imported'],
    ['U5', 'bot', 'robot', 'member', 'imported'],
  ])
  expect(directory.person('U3')).toBe('U1')
  expect(losses).toMatchObject({ merged_people: 1, administrators: 1 })
})

test('without users.json the authors are made up, from what messages say of them', async () => {
  const files = general(
    said('1700000001.000100', 'U1', 'hi', { user_profile: { real_name: 'Ann Abel', name: 'ann' } }),
    said('1700000002.000100', 'U9', 'hi'),
  )
  delete files['users.json']
  const { directory, losses } = await read(files)
  expect([...directory.people.values()].map(({ name, handle }) => [name, handle])).toEqual([
    ['Ann Abel', 'ann'],
    ['Slack U2', 'slack-u2'],
    ['Slack U9', 'slack-u9'],
  ])
  expect(losses.unknown_people).toBe(3)
})

test('a private channel is a secret space, a conversation keeps its people, neither is named to others', async () => {
  const { directory, messages, losses } = await read({
    ...small(),
    'groups.json': [channel('G1', 'layoffs', ['U1'])],
    'dms.json': [{ id: 'D1', created: 1, members: ['U1', 'U2'] }],
    'mpims.json': [{ id: 'G2', name: 'mpdm-ann--bob--x-1', members: ['U1', 'U2', 'U9'] }],
    'general/2023-11-14.json': [said('1700000001.000100', 'U1', 'see <#G1|layoffs> and <#G1>')],
    'layoffs/2023-11-14.json': [said('1700000001.000100', 'U1', 'we are <#G1>')],
    'D1/2023-11-14.json': [said('1700000001.000100', 'U1', 'psst')],
  })
  expect(
    [...directory.channels.values()].map(({ external_id, kind, visibility, members }) => [
      external_id,
      kind,
      visibility,
      members,
    ]),
  ).toEqual([
    ['C1', 'community', 'open', ['U1', 'U2']],
    ['G1', 'community', 'secret', ['U1']],
    ['G2', 'direct', 'secret', ['U1', 'U2', 'U9']],
    ['D1', 'direct', 'secret', ['U1', 'U2']],
  ])
  expect(messages.map((m) => [m.kind, m.body])).toEqual([
    ['update', 'see `#private channel` and `#private channel`'],
    ['update', 'we are [#layoffs](/spaces/G1)'],
    ['message', 'psst'],
  ])
  expect(losses.private_channel).toBe(2)
})
