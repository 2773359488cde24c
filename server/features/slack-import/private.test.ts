import { expect, test } from 'vitest'
import { channel, type Files, makeZip, said, user } from '../../../test/slack-archives.ts'
import { base, entriesOf, finished, host, people, send, spaceOf, type Workspace, workspace } from '../../../test/slack-scene.ts'
import { type Client, type Json, lettersTo, scene, server, signedIn } from '../../scene.ts'
import { importSlack } from './commands.ts'

const privately = (w: Workspace, more: object[] = []): Files => ({
  ...base(w),
  'users.json': [...people(w), ...more, user(w.u(4), w.handle('dora'))],
  'groups.json': [channel(`G${w.c(2)}`, `${w.room}-board`, [w.u(1), w.u(3)])],
  'dms.json': [{ id: `D${w.c(3)}`, created: 1700000000, members: [w.u(1), w.u(3)] }],
  'mpims.json': [{ id: `G${w.c(4)}`, name: 'mpdm-x', created: 1700000000, members: [w.u(1), w.u(2), w.u(3)] }],
  [`${w.room}-board/2023-11-14.json`]: [said('1700000001.000100', w.u(1), `for the board ${w.room}`)],
  [`D${w.c(3)}/2023-11-14.json`]: [
    said('1700000001.000100', w.u(1), `psst ${w.room}`),
    said('1700000002.000100', w.u(3), `yes? ${w.room}`, { thread_ts: '1700000001.000100' }),
  ],
  'mpdm-x/2023-11-14.json': [said('1700000001.000100', w.u(2), `we three ${w.room}`)],
})

const membersOf = async (body: string) =>
  (
    await (
      await host()
    ).pool.query(
      `select s.kind, s.visibility, s.member_count, s.participants is not null as sealed,
  array(select p.handle from memberships m join people p on p.id = m.person_id
    where m.space_id = s.id order by 1) as members
  from entries e join spaces s on s.id = e.space_id where e.body = $1`,
      [body],
    )
  ).rows[0]

test('what was private has exactly its members, whoever imports it', async () => {
  const { olga, eve, ann } = await scene()
  const w = workspace()
  await finished(olga, (await send(privately(w, [user(w.u(3), w.handle('carl'))]), olga)).id)
  const [a, b, c] = ['ann', 'bob', 'carl'].map(w.handle)
  expect(await membersOf(`for the board ${w.room}`)).toEqual({
    kind: 'community',
    visibility: 'secret',
    sealed: false,
    member_count: 2,
    members: [a, c],
  })
  expect(await membersOf(`psst ${w.room}`)).toEqual({
    kind: 'direct',
    visibility: 'secret',
    sealed: true,
    member_count: 2,
    members: [a, c],
  })
  expect(await membersOf(`we three ${w.room}`)).toEqual({
    kind: 'direct',
    visibility: 'secret',
    sealed: true,
    member_count: 3,
    members: [a, b, c],
  })
  const { pool } = await host()
  const { rows } = await pool.query(`select e.id, e.space_id from entries e where e.body like $1`, [`% ${w.room}`])
  expect(rows).toHaveLength(4)
  for (const person of [olga, eve, ann])
    for (const { id, space_id } of rows) {
      expect(await person.get(`/entries/${id}`)).toMatchObject({ status: 404 })
      expect(await person.get(`/spaces/${space_id}/entries`)).toMatchObject({ status: 404 })
      expect((await person.get(`/spaces?q=${w.room}-board`)).items).toEqual([])
    }
  expect(JSON.stringify((await olga.get('/imports')).items[0])).not.toContain('-board')
})

/** Takes an address as people do: asks for it, and opens the link in the letter. */
async function takeAddress(person: Client, email: string): Promise<void> {
  await (await signedIn(person)).patch('/me', { email })
  const [{ text }] = await lettersTo((await server()).config, email)
  await person.post('/me/email/confirm', { token: /\/confirm-email\/([\w-]+)/.exec(text)![1] })
}

test('an address that somebody has here gives nothing private, until an administrator says that it is known', async () => {
  const { olga, eve } = await scene()
  const w = workspace()
  await takeAddress(eve, `${w.handle('boss')}@acme.example`)
  const files = privately(w, [user(w.u(3), w.handle('boss'))])
  const job = await finished(olga, (await send(files, olga)).id)
  expect(job.report.losses.find((loss: Json) => loss.code === 'withheld')).toMatchObject({ count: 3 })
  expect(job.report.losses.find((loss: Json) => loss.code === 'known_people')).toMatchObject({
    examples: [`@${eve.handle}`],
  })
  const [a, b] = ['ann', 'bob'].map(w.handle)
  expect((await membersOf(`for the board ${w.room}`)).members).toEqual([a])
  expect((await membersOf(`psst ${w.room}`)).members).toEqual([a])
  expect((await membersOf(`we three ${w.room}`)).members).toEqual([a, b])
  expect((await eve.get('/conversations')).items).toEqual([])

  await finished(olga, (await send(files, olga)).id)
  expect((await membersOf(`psst ${w.room}`)).members).toEqual([a])
  await finished(olga, (await send(files, olga, '?confirm_addresses=true')).id)
  expect((await membersOf(`for the board ${w.room}`)).members).toEqual([a, eve.handle].sort())
  expect((await membersOf(`we three ${w.room}`)).members).toEqual([a, b, eve.handle].sort())
  const space = (await eve.get('/spaces?mine=true')).items.find((s: Json) => s.name === `${w.room}-board`)
  expect(space.my).toMatchObject({ role: 'member', unread: 0 })
})

test('the importing administrator finds their own history under their own name', async () => {
  const { olga } = await scene()
  const w = workspace()
  await takeAddress(olga, `${w.handle('boss')}@acme.example`)
  await finished(olga, (await send(privately(w, [user(w.u(3), w.handle('boss'))]), olga)).id)
  const { items } = await olga.get('/conversations')
  expect(items.map((space: Json) => space.people.map((p: Json) => p.handle))).toEqual(
    expect.arrayContaining([[w.handle('ann')], [w.handle('ann'), w.handle('bob')]]),
  )
  expect(await olga.get('/unread')).toEqual({ spaces: {}, inbox: 0, muted: [], muted_spaces: [] })
})

test('a channel that has become private closes here too while nobody takes part in it, and nothing is opened by an import', async () => {
  const { eve, olga } = await scene()
  const w = workspace()
  await importSlack(await host(), await makeZip(base(w)))
  const space = await spaceOf(eve, w.room)
  await eve.post(`/spaces/${space.id}/join`)
  const inside = said('1700000009.000100', w.u(1), `now private ${w.room}`)
  const closed: Files = {
    ...base(w),
    'channels.json': [],
    'groups.json': [channel(w.c(1), w.room, [w.u(1)])],
    [`${w.room}/2023-11-15.json`]: [inside],
  }
  const words = await eve.post(`/spaces/${space.id}/entries`, { body: 'said here' })
  const held = await importSlack(await host(), await makeZip(closed))
  expect(held.report!.losses.find((loss: Json) => loss.code === 'kept_open')).toMatchObject({ count: 1, examples: [w.room] })
  expect(await eve.get(`/spaces/${space.id}`)).toMatchObject({ visibility: 'open', my: { role: 'member' } })
  expect(await eve.get(`/entries/${words.id}`)).toMatchObject({ body: 'said here' })
  expect(JSON.stringify(await entriesOf(olga, space.id))).not.toContain('now private')
  await eve.post(`/spaces/${space.id}/leave`)
  await importSlack(await host(), await makeZip(closed))
  expect(await membersOf(`now private ${w.room}`)).toMatchObject({
    visibility: 'secret',
    member_count: 1,
    members: [w.handle('ann')],
  })
  for (const person of [eve, olga]) expect(await person.get(`/spaces/${space.id}`)).toMatchObject({ status: 404 })
  await importSlack(await host(), await makeZip(base(w)))
  expect(await eve.get(`/spaces/${space.id}`)).toMatchObject({ status: 404 })
})

test('what an exporter puts into one list is as private as its flags say, for a third person', async () => {
  const { olga, eve } = await scene()
  const w = workspace()
  const room = (name: string) => `${w.room}-${name}`
  const flagged = (id: string, name: string, flags: object) => channel(id, room(name), [w.u(1), w.u(2)], flags)
  const files: Files = {
    'users.json': people(w),
    'channels.json': [
      flagged(w.c(1), 'open', { is_private: false }),
      flagged(w.c(2), 'board', { is_private: true }),
      flagged(w.c(3), 'mpdm', { is_mpim: true, is_private: true }),
      { id: w.c(4), is_im: true, members: [w.u(1), w.u(2)] },
      channel(w.c(5), room('nobody'), [], { is_private: 'true', members: null }),
    ],
  }
  for (const folder of [...['open', 'board', 'mpdm', 'nobody'].map(room), w.c(4)])
    files[`${folder}/2023-11-14.json`] = [said('1700000001.000100', w.u(1), `words in ${folder} ${w.room}`)]
  const job = await finished(olga, (await send(files, olga)).id)
  expect(job.report.losses.map(({ code, count }: Json) => [code, count])).toEqual(
    expect.arrayContaining([['closed_in_doubt', 4], ['guessed_members', 1]]),
  )
  expect(JSON.stringify(job)).not.toContain(room('board'))
  const [a, b] = ['ann', 'bob'].map(w.handle)
  expect(await membersOf(`words in ${room('board')} ${w.room}`)).toMatchObject({ visibility: 'secret', members: [a, b] })
  expect(await membersOf(`words in ${room('nobody')} ${w.room}`)).toMatchObject({ visibility: 'secret', members: [a] })
  for (const folder of [room('mpdm'), w.c(4)])
    expect(await membersOf(`words in ${folder} ${w.room}`)).toMatchObject({ kind: 'direct', members: [a, b] })
  await readsOnly([olga, eve], w, `words in ${room('open')} ${w.room}`)
})

/** Of all that was imported, these people can read nothing but this. */
async function readsOnly(readers: Client[], w: Workspace, body: string) {
  const { pool } = await host()
  const { rows } = await pool.query(`select e.id, e.space_id, e.body from entries e where e.body like $1`, [`% ${w.room}`])
  for (const reader of readers)
    for (const { id, space_id, body: words } of rows) {
      const expected = words === body ? { id } : { status: 404 }
      expect(await reader.get(`/entries/${id}`)).toMatchObject(expected)
      if (words !== body) expect(await reader.get(`/spaces/${space_id}/entries`)).toMatchObject({ status: 404 })
    }
}

test('a conversation that people have here already, and two of the same people, are one', async () => {
  const { ann, eve, olga } = await scene()
  const w = workspace()
  const addresses = { ann: `a.${w.room}@acme.example`, eve: `e.${w.room}@acme.example` }
  await takeAddress(ann, addresses.ann)
  await takeAddress(eve, addresses.eve)
  const here = await ann.post('/conversations', { people: [eve.id] })
  const profile = (email: string) => ({ profile: { real_name: email, email } })
  const files: Files = {
    'users.json': [
      user(w.u(1), 'ann', profile(addresses.ann)),
      user(w.u(2), 'eve', profile(addresses.eve)),
      user(w.u(3), 'eve.2', profile(addresses.eve)),
    ],
    'dms.json': [
      { id: `D${w.c(1)}`, created: 1700000000, members: [w.u(1), w.u(2)] },
      { id: `D${w.c(2)}`, created: 1700000000, members: [w.u(3), w.u(1)] },
    ],
    [`D${w.c(1)}/2023-11-14.json`]: [said('1700000001.000100', w.u(1), `first ${w.room}`)],
    [`D${w.c(2)}/2023-11-14.json`]: [said('1700000002.000100', w.u(1), `second ${w.room}`)],
  }
  const job = await finished(olga, (await send(files, olga, '?confirm_addresses=true')).id)
  expect(job).toMatchObject({ state: 'done', report: { conversations: 2 }, written: { added: 2 } })
  const entries = await entriesOf(eve, here.id)
  expect(entries.map(({ body }) => body)).toEqual([`first ${w.room}`, `second ${w.room}`])
  expect((await eve.get('/unread')).spaces[here.id] ?? 0).toBe(0)
})
