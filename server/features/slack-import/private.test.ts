import { expect, test } from 'vitest'
import { channel, type Files, makeZip, said, user } from '../../../test/slack-archives.ts'
import { base, finished, host, people, send, spaceOf, type Workspace, workspace } from '../../../test/slack-scene.ts'
import { type Client, type Json, scene } from '../../scene.ts'
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
async function takeAddress(person: Client, admin: Client, email: string): Promise<void> {
  await person.patch('/me', { email })
  const { text } = (await admin.get('/mailbox')).items.find((letter: Json) => letter.to === email)
  await person.post('/me/email/confirm', { token: /\/confirm-email\/([\w-]+)/.exec(text)![1] })
}

test('an address that somebody has here gives nothing private, until an administrator says that it is known', async () => {
  const { olga, eve } = await scene()
  const w = workspace()
  await takeAddress(eve, olga, `${w.handle('boss')}@acme.example`)
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
  await takeAddress(olga, olga, `${w.handle('boss')}@acme.example`)
  await finished(olga, (await send(privately(w, [user(w.u(3), w.handle('boss'))]), olga)).id)
  const { items } = await olga.get('/conversations')
  expect(items.map((space: Json) => space.people.map((p: Json) => p.handle))).toEqual(
    expect.arrayContaining([[w.handle('ann')], [w.handle('ann'), w.handle('bob')]]),
  )
  expect(await olga.get('/unread')).toEqual({ spaces: {}, inbox: 0 })
})

test('a channel that has become private closes here too, and nothing is opened by an import', async () => {
  const { eve, olga } = await scene()
  const w = workspace()
  await importSlack(await host(), await makeZip(base(w)))
  const space = await spaceOf(eve, w.room)
  await eve.post(`/spaces/${space.id}/join`)
  const live = await eve.live()
  const inside = said('1700000009.000100', w.u(1), `now private ${w.room}`)
  const closed: Files = {
    ...base(w),
    'channels.json': [],
    'groups.json': [channel(w.c(1), w.room, [w.u(1)])],
    [`${w.room}/2023-11-15.json`]: [inside],
  }
  await importSlack(await host(), await makeZip(closed))
  await live.until((event) => event.type === 'membership.left')
  live.close()
  expect(await membersOf(`now private ${w.room}`)).toMatchObject({
    visibility: 'secret',
    member_count: 1,
    members: [w.handle('ann')],
  })
  for (const person of [eve, olga]) expect(await person.get(`/spaces/${space.id}`)).toMatchObject({ status: 404 })
  await importSlack(await host(), await makeZip(base(w)))
  expect(await eve.get(`/spaces/${space.id}`)).toMatchObject({ status: 404 })
})
