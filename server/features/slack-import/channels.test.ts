import { expect, test } from 'vitest'
import { channel, type Files, makeZip, said, small, user } from '../../../test/slack-archives.ts'
import { read } from '../../../test/slack-reading.ts'
import { surveySlack } from './commands.ts'
import { sortOf } from './channel-facts.ts'

/** What becomes of an archive's channels, after its last message was read. */
async function channelsOf(files: Files) {
  const { directory, losses, messages } = await read(files)
  const facts = [...directory.channels.values()].map(
    ({ external_id, kind, visibility, members, folder }) => [external_id, kind, visibility, members, folder] as const,
  )
  return { facts, losses, messages, channels: directory.channels }
}

const bare = (files: Files): Files => ({ 'users.json': [user('U1', 'ann'), user('U2', 'bob'), user('U3', 'cem')], ...files })
const day = (id: string, text: string) => [said('1700000001.000100', id, text)]

test('whatever says that a channel is private makes it so, in any list and in any form', () => {
  const row = { id: 'C1', name: 'x' }
  expect(sortOf(row, 'open')).toBe('open')
  for (const no of [false, null, undefined, 0, '', 'false'])
    expect(sortOf({ ...row, is_private: no, is_im: no, is_mpim: no }, 'open')).toBe('open')
  for (const yes of [true, 1, 'true', 'yes', {}, []]) {
    expect(sortOf({ ...row, is_private: yes }, 'open')).toBe('private')
    expect(sortOf({ ...row, is_group: yes }, 'open')).toBe('private')
    expect(sortOf({ ...row, is_private: false, is_im: yes }, 'open')).toBe('direct')
    expect(sortOf({ ...row, is_mpim: yes }, 'private')).toBe('direct')
  }
  expect(sortOf({ ...row, is_channel: false }, 'open')).toBe('private')
  expect(sortOf({ ...row, is_private: false }, 'private')).toBe('private')
  expect(sortOf({ ...row, is_im: false }, 'direct')).toBe('direct')
  expect(sortOf(row, 'unknown')).toBe('private')
  expect(sortOf({ id: 'G1', name: 'x' }, 'open')).toBe('private')
  expect(sortOf({ id: 'D1' }, 'open')).toBe('direct')
  expect(sortOf({ id: 'C1', name: 'mpdm-a--b-1' }, 'open')).toBe('direct')
})

test('of two lists the stricter one holds, also for who is a member; a list of an unknown name is private', async () => {
  const { facts, losses } = await channelsOf(bare({
    'channels.json': [channel('C1', 'board', ['U1', 'U2', 'U3']), channel('C2', 'three', ['U1', 'U2', 'U3'])],
    'groups.json': [channel('C1', 'board', ['U1']), channel('C2', 'three', ['U1', 'U2'])],
    'mpims.json': [{ id: 'C2', name: 'three', members: ['U1', 'U3'] }],
    'conversations.json': [channel('C3', 'what', ['U2']), channel('C4', 'no-folder', ['U2'])],
    'settings.json': { not: 'a list' },
    'what/2023-11-14.json': day('U2', 'hm'),
  }))
  expect(facts).toEqual([
    ['C1', 'community', 'secret', ['U1'], ''],
    ['C2', 'direct', 'secret', ['U1', 'U3'], ''],
    ['C3', 'community', 'secret', ['U2'], 'what'],
  ])
  expect(losses).toEqual({ closed_in_doubt: 3 })
})

test('where members are not told, those who wrote and stayed are; where nobody is, the report says so', async () => {
  const files = bare({
    'groups.json': [channel('G1', 'plans', [], { members: null }), channel('G2', 'empty', [], { members: null })],
    'mpims.json': [{ id: 'G3', name: 'mpdm-ann--bob--ghost-1' }],
    'dms.json': [{ id: 'D4', user: 'U3' }],
    'plans/2023-11-14.json': [
      said('1700000001.000100', 'U1', 'hello'),
      said('1700000002.000100', 'U2', 'bye'),
      said('1700000003.000100', 'U2', '<@U2> has left', { subtype: 'channel_leave' }),
    ],
    'mpdm-ann--bob--ghost-1/2023-11-14.json': day('U1', 'hi'),
    'D4/2023-11-14.json': day('U3', 'hi'),
  })
  const report = await surveySlack(await makeZip(files))
  expect(Object.fromEntries(report.losses.map(({ code, examples }) => [code, examples]))).toEqual({
    guessed_members: ['G1', 'G2', 'G3', 'D4'],
    unreadable_spaces: ['G2'],
  })
  expect(report.memberships).toBe(1 + 0 + 2 + 1)
})

test('a folder of an id is that of the channel, whatever others are called', async () => {
  const { facts, messages } = await channelsOf(bare({
    'channels.json': [channel('C1', 'G2', ['U1']), channel('C3', 'open', ['U1'])],
    'groups.json': [channel('G2', 'board', ['U2'])],
    'G2/2023-11-14.json': day('U2', 'for the board'),
    'open/2023-11-14.json': day('U2', 'by its name'),
    'C3/2023-11-14.json': day('U2', 'by its id'),
  }))
  expect(facts.map(([id, , , , folder]) => [id, folder])).toEqual([['C1', ''], ['C3', 'C3'], ['G2', 'G2']])
  expect(messages.map(({ body }) => body)).toEqual(['by its id', 'for the board'])
})

test('words that could be those of several channels are for those who are in all the private ones', async () => {
  const shared = (more: Files) => channelsOf(bare({ 'plans/2023-11-14.json': day('U1', 'whose?'), ...more }))
  const open = channel('C1', 'plans', ['U1'])
  const group = (id: string, members: string[] | null) => channel(id, 'plans', [], { members })
  const placed = async (more: Files) => (await shared(more)).facts.filter(([, , , , folder]) => folder !== '')
  expect(await placed({ 'channels.json': [{ ...open, is_archived: true }, { ...open, id: 'C2' }] })).toEqual([
    ['C2', 'community', 'open', ['U1'], 'plans'],
  ])
  expect(await placed({ 'channels.json': [open], 'groups.json': [group('G1', ['U1', 'U2'])] })).toEqual([
    ['G1', 'community', 'secret', ['U1', 'U2'], 'plans'],
  ])
  expect(await placed({ 'groups.json': [group('G1', ['U1', 'U2']), group('G2', ['U2', 'U3'])] })).toEqual([
    ['G1', 'community', 'secret', ['U2'], 'plans'],
  ])
  const { facts, losses } = await shared({ 'channels.json': [open], 'groups.json': [group('G1', null)] })
  expect(facts).toContainEqual(['G1', 'community', 'secret', [], 'plans'])
  expect(losses).toEqual({ shared_folders: 2 })
})

test('an organisation is one network, where people and channels of one name say whose they are', async () => {
  const { directory } = await read({
    'org_users.json': [user('U1', 'ann'), user('U2', 'bob')],
    'channels.json': [channel('C1', 'news', ['U1'])],
    'news/2023-11-14.json': day('U1', 'all'),
    'teams/acme/users.json': [user('U1', 'ann'), user('U2', 'bob')],
    'teams/acme/channels.json': [channel('C2', 'general', ['U1']), channel('C1', 'news', ['U1'])],
    'teams/acme/general/2023-11-14.json': day('U1', 'acme'),
    'teams/beta/users.json': [user('U2', 'bob'), user('U3', 'cem')],
    'teams/beta/channels.json': [channel('C3', 'general', ['U3'])],
    'teams/beta/groups.json': [channel('G4', 'board', ['U3'])],
    'teams/beta/general/2023-11-14.json': day('U3', 'beta'),
    'teams/beta/board/2023-11-14.json': day('U3', 'private'),
  })
  expect([...directory.people.values()].map(({ name, department }) => [name, department])).toEqual([
    ['ann', 'acme'], ['bob', 'acme, beta'], ['cem', 'beta'],
  ])
  expect([...directory.channels.values()].map(({ name, visibility, folder }) => [name, visibility, folder])).toEqual([
    ['news', 'open', 'news'],
    ['acme: general', 'open', 'teams/acme/general'],
    ['beta: general', 'open', 'teams/beta/general'],
    ['board', 'secret', 'teams/beta/board'],
  ])
})

test('comments on a canvas are for those who may see it, however they are listed', async () => {
  const { facts, messages } = await channelsOf(bare({
    'file_conversations.json': [
      { id: 'FC:F1:Plan', file_id: 'F1', members: ['U1'] },
      { id: 'C2', name: 'FC:F2:Links', members: ['U2'] },
    ],
    'FC:F1:Plan/2023-11-14.json': day('U1', 'first'),
    'FC:F2:Links/2023-11-14.json': day('U2', 'second'),
  }))
  expect(facts.map((fact) => fact.slice(0, 4))).toEqual([
    ['FCF1', 'community', 'secret', ['U1']], ['C2', 'community', 'secret', ['U2']],
  ])
  expect(messages.map(({ body }) => body)).toEqual(['first', 'second'])
})

test('strangers and bots are called as any message calls them', async () => {
  const { directory } = await read({
    ...small(),
    'channels.json': [channel('C1', 'general', ['U1', 'U8', 'U9'])],
    'general/2023-11-14.json': [
      said('1700000001.000100', 'U8', 'first'),
      said('1700000002.000100', 'U8', 'then', { user_profile: { real_name: 'Xenia Extern', name: 'xenia' } }),
      said('1700000003.000100', 'U9', 'built', { bot_id: 'B9', bot_profile: { name: 'Builder' } }),
      { type: 'message', ts: '1700000004.000100', text: 'x', bot_id: 'B7' },
      { type: 'message', ts: 1700000005.0001, text: 'x', bot_id: 'B7', username: 'Deploy' },
    ],
  })
  expect([...directory.people.values()].slice(-3).map(({ name, handle, kind }) => [name, handle, kind])).toEqual([
    ['Xenia Extern', 'xenia', 'person'], ['Builder', 'builder', 'bot'], ['Deploy', 'deploy', 'bot'],
  ])
})

test('who left and came back is one person, as the account in use says', async () => {
  const { directory } = await read({
    ...small(),
    'users.json': [
      user('U1', 'ann.old', { deleted: true, profile: { real_name: 'Ann Old', email: 'ann@x.example' } }),
      user('U2', 'ann.new', { profile: { real_name: 'Ann New', email: 'Ann@X.example' } }),
      user('U3', 'ann.older', { deleted: true, profile: { real_name: 'Ann Older', email: 'ann@x.example' } }),
    ],
  })
  expect([...directory.people.values()].map(({ external_id, name, state, handle }) => [external_id, name, state, handle]))
    .toEqual([['U1', 'Ann New', 'imported', 'ann.new']])
})
