import { expect, test } from 'vitest'
import { channel, type Files, said, user } from '../../../test/slack-archives.ts'
import { base, entriesOf, finished, people, send, spaceOf, type Workspace, workspace } from '../../../test/slack-scene.ts'
import { type Client, type Json, scene } from '../../scene.ts'

const known = '?confirm_addresses=true'
/** Somebody who is here, as an archive may name anybody. */
const as = (w: Workspace, n: number, person: Client) =>
  user(w.u(n), w.handle(`x${n}`), { profile: { real_name: `X${n}`, email: `${person.handle}@x.example` } })
const lossesOf = (job: Json): Record<string, number> => Object.fromEntries(job.report.losses.map(({ code, count }: Json) => [code, count]))

/** A private board that came by an import, in which Bob, its host, has written here since then. */
async function board() {
  const all = await scene()
  const w = workspace()
  const archive = (members: number[], more: Json[] = []): Files => ({
    ...base(w),
    'users.json': [...people(w), as(w, 3, all.bob), ...more],
    'groups.json': [channel(w.c(2), `${w.room}-board`, [w.u(3), ...members.map(w.u)])],
    [`${w.room}-board/2023-11-14.json`]: [said('1700000001.000100', w.u(1), 'for the board')],
  })
  const bring = async (files: Files) => finished(all.olga, (await send(files, all.olga, known)).id)
  await bring(archive([1]))
  const space = (await all.bob.get('/spaces?mine=true')).items.find((one: Json) => one.name === `${w.room}-board`)
  const words = await all.bob.post(`/spaces/${space.id}/entries`, { body: 'written here' })
  return { ...all, w, archive, bring, space, words }
}
const requestsOf = async (host: Client, space: Json) => (await host.get(`/spaces/${space.id}/requests`)).items.map(({ id }: Json) => id)

test('whom a later archive names as a member of a private space does not come in, but asks its hosts', async () => {
  const { olga, bob, eve, ann, team, w, archive, bring, space, words, settled } = await board()
  const live = [await bob.live(), await olga.live()]
  await live[1].watch(team.id)
  const job = await bring(archive([1, 8, 9], [as(w, 8, eve), as(w, 9, olga), user(w.u(7), w.handle('carl'))]))
  expect(lossesOf(job)).toMatchObject({ join_requests: 2 })
  expect(JSON.stringify(job)).not.toContain('-board')
  for (const person of [olga, eve]) {
    expect(await person.get(`/spaces/${space.id}`)).toMatchObject({ status: 404 })
    expect(await person.get(`/entries/${words.id}`)).toMatchObject({ status: 404 })
  }
  await live[0].until((e) => e.type === 'join.requested' && e.data.by === olga.id)
  await live[0].until((e) => e.type === 'join.requested' && e.data.by === eve.id)
  expect((await requestsOf(bob, space)).sort()).toEqual([eve.id, olga.id].sort())

  // Declining tells nothing to somebody who may not know of the space; the same archive asks no more.
  await bob.post(`/spaces/${space.id}/requests/${olga.id}/decline`)
  await bring(archive([1, 8, 9], [as(w, 8, eve), as(w, 9, olga)]))
  expect(await requestsOf(bob, space)).toEqual([eve.id])
  await ann.post(`/spaces/${team.id}/entries`, { body: 'marks the end' })
  await settled()
  await live[1].until((e) => e.entry?.body === 'marks the end')
  expect(live[1].events.filter((e: Json) => e.type.startsWith('join.') || e.space === space.id)).toEqual([])
  for (const one of live) one.close()

  await bob.post(`/spaces/${space.id}/requests/${eve.id}/approve`)
  expect(await eve.get(`/entries/${words.id}`)).toMatchObject({ body: 'written here' })
})

test('somebody who only came by an import asks too: whoever is invited to their address later would be in', async () => {
  const { bob, w, archive, bring, space } = await board()
  await bring(archive([1, 7], [user(w.u(7), w.handle('carl'))]))
  const [request] = (await bob.get(`/spaces/${space.id}/requests`)).items
  expect(request).toMatchObject({ handle: w.handle('carl'), state: 'imported' })
  expect((await bob.get(`/spaces/${space.id}`)).member_count).toBe(2)
})

test('of a closed space those who are asked for hear it, and that they were declined', async () => {
  const { bob, eve, gina, w, archive, bring, space } = await board()
  await bob.patch(`/spaces/${space.id}`, { visibility: 'closed' })
  const [live, guest] = [await eve.live(), await gina.live()]
  await bring(archive([1, 8, 6], [as(w, 8, eve), as(w, 6, gina)]))
  await live.until((e) => e.type === 'join.requested' && e.space === space.id)
  expect((await eve.get(`/spaces/${space.id}`)).my).toMatchObject({ requested: true, role: null })
  for (const person of [gina, eve]) await bob.post(`/spaces/${space.id}/requests/${person.id}/decline`)
  await live.until((e) => e.type === 'join.declined' && e.space === space.id)
  await bob.put(`/spaces/${space.id}/members/${gina.id}`)
  await guest.until((e) => e.type === 'membership.joined' && e.space === space.id)
  expect(guest.events.filter((e: Json) => e.type.startsWith('join.'))).toEqual([])
  for (const one of [live, guest]) one.close()
})

test('into an open space an archive brings nobody whom its hosts took out, no guest who is here, and no host', async () => {
  const { olga, ann, bob, eve, gina } = await scene()
  const w = workspace()
  await finished(olga, (await send(base(w), olga)).id)
  const space = await spaceOf(olga, w.room)
  await eve.post(`/spaces/${space.id}/join`)
  await olga.del(`/spaces/${space.id}/members/${eve.id}`)
  const named = [as(w, 3, ann), as(w, 4, bob), as(w, 5, eve), as(w, 6, gina)]
  const room = channel(w.c(1), w.room, [3, 1, 2, 4, 5, 6].map(w.u))
  const job = await finished(olga, (await send({ ...base(w), 'users.json': [...people(w), ...named], 'channels.json': [room] }, olga)).id)
  expect(lossesOf(job)).toMatchObject({ kept_out: 2 })
  const members = (await olga.get(`/spaces/${space.id}/members`)).items
  expect(members.map(({ handle, membership }: Json) => [handle, membership.role]).sort()).toEqual(
    [[ann.handle, 'member'], [bob.handle, 'member'], [w.handle('ann'), 'host'], [w.handle('bob'), 'member']].sort())
  expect(await gina.get(`/spaces/${space.id}`)).toMatchObject({ status: 404 })
  expect((await entriesOf(eve, space.id)).length).toBe(3)
})

test('of a space in which somebody takes part a later archive changes nothing, and says so', async () => {
  const { bob, olga, w, bring, space } = await board()
  const carl = user(w.u(7), w.handle('carl'))
  const before = await bob.get(`/spaces/${space.id}`)
  const renamed = (members: number[]): Files => ({
    ...base(w), 'users.json': [...people(w), as(w, 3, bob), carl],
    'groups.json': [channel(w.c(2), `${w.room}-other`, [w.u(3), ...members.map(w.u)], { is_archived: true, purpose: { value: 'other' } })],
    [`${w.room}-other/2023-11-15.json`]: [said('1700000002.000100', w.u(1), 'said later')],
  })
  for (const time of ['first', 'again']) {
    const job = await bring(renamed([]))
    expect(lossesOf(job), time).toMatchObject({ kept_spaces: 1 })
    expect(lossesOf(job).kept_members, time).toBe(time === 'first' ? 1 : undefined)
    expect(JSON.stringify(job), time).not.toMatch(/-other|-board/)
  }
  expect(await bob.get(`/spaces/${space.id}`)).toMatchObject({ name: before.name, purpose: before.purpose, state: 'active', member_count: before.member_count })
  expect((await entriesOf(bob, space.id)).map(({ body }) => body)).toContain('said later')
  // Its host archives it; what Slack says of the channel does not open it again.
  await bob.post(`/spaces/${space.id}/archive`)
  expect(lossesOf(await bring({ ...renamed([1]), 'groups.json': [channel(w.c(2), `${w.room}-third`, [w.u(3), w.u(1)])] }))).toMatchObject({ kept_spaces: 1 })
  expect(await bob.get(`/spaces/${space.id}`)).toMatchObject({ name: before.name, state: 'archived' })

  // An open space likewise; the one who imports takes part in it.
  const room = await spaceOf(olga, w.room)
  await olga.post(`/spaces/${room.id}/join`)
  const job = await bring({ ...base(w), 'channels.json': [channel(w.c(1), `${w.room}-new`, [w.u(1)])] })
  expect(lossesOf(job)).toMatchObject({ kept_spaces: 1, kept_members: 1 })
  expect(job.report.losses.find(({ code }: Json) => code === 'kept_spaces').examples).toEqual([w.room])
  expect(await olga.get(`/spaces/${room.id}`)).toMatchObject({ name: w.room, member_count: 3 })
})

test('who was kept back asks the hosts once somebody takes part, and addresses count as known for the archive of which it was said', async () => {
  const { olga, bob, eve } = await scene()
  const w = workspace()
  const bring = async (files: Files, query = '') => finished(olga, (await send(files, olga, query)).id)
  const archive = (...more: Json[]): Files => ({
    ...base(w), 'users.json': [...people(w), as(w, 3, bob), ...more],
    'groups.json': [channel(w.c(2), `${w.room}-board`, [w.u(3), w.u(1), ...more.map(({ id }) => id)], { creator: w.u(3) })],
    [`${w.room}-board/2023-11-14.json`]: [said('1700000001.000100', w.u(1), 'for the board')],
  })
  expect(lossesOf(await bring(archive(as(w, 8, eve))))).toMatchObject({ withheld: 2 })
  // Eve is not in this archive: nothing is said of her address.
  await bring(archive(), known)
  const space = (await bob.get('/spaces?mine=true')).items.find((one: Json) => one.name === `${w.room}-board`)
  await bob.post(`/spaces/${space.id}/entries`, { body: 'written here' })
  expect(lossesOf(await bring(archive(as(w, 8, eve))))).toMatchObject({ withheld: 1 })
  expect(lossesOf(await bring(archive(as(w, 8, eve)), known))).toMatchObject({ join_requests: 1 })
  expect(await eve.get(`/spaces/${space.id}`)).toMatchObject({ status: 404 })
})

test('a message changes its words with a later archive, and never whose they are', async () => {
  const { olga } = await scene()
  const w = workspace()
  const bring = async (text: string, author: number) =>
    finished(olga, (await send({ ...base(w), [`${w.room}/2023-11-14.json`]: [said('1700000001.000100', w.u(author), text)] }, olga)).id)
  await bring('first', 1)
  await bring('second', 1)
  const space = await spaceOf(olga, w.room)
  expect(lossesOf(await bring('third', 2))).toMatchObject({ kept_words: 1 })
  const [entry] = await entriesOf(olga, space.id)
  expect(entry).toMatchObject({ body: 'second', by: { handle: w.handle('ann') } })
})
