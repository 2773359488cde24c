import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'
import { recountTies, weekOf } from './commands.ts'
import { loadOpenTies, loadTies } from './queries.ts'
import { tieWeights } from './sources.ts'

async function begin() {
  const all = await scene()
  const people: Client[] = [all.ann, all.bob, all.eve]
  const { rows } = await sql<{ id: string; handle: string }>`select id, handle from people`.execute(all.host.db)
  const called = new Map(rows.map((row) => [row.id, row.handle.replace(/\d+$/, '')]))
  /** `ann > bob reply 1`, of these three people. */
  const ties = async () => {
    await all.settled()
    const found = await all.host.db.selectFrom('ties').selectAll().where('from_id', 'in', people.map((p) => p.id)).execute()
    return found.map((t) => `${called.get(t.from_id)} > ${called.get(t.to_id)} ${t.kind} ${t.count}`).toSorted()
  }
  return { ...all, ties }
}
const post = (person: Client, space: Json, body: string) => person.post(`/spaces/${space.id}/entries`, { body }) as Promise<Json>
const reply = (person: Client, entry: Json, body: string) => person.post(`/entries/${entry.id}/replies`, { body }) as Promise<Json>

test('who answers, names, or reacts to somebody turns to them; each is counted by kind, and no longer when it is taken back', async () => {
  const { ann, bob, eve, team, ties } = await begin()
  const root = await post(ann, team, `Lunch, @${eve.handle}?`)
  const answer = await reply(bob, root, 'Yes')
  await reply(bob, root, 'At noon')
  await eve.put(`/entries/${answer.id}/reactions/🎉`)
  await reply(ann, answer, 'Fine')
  expect(await ties()).toEqual(['ann > bob reply 1', 'ann > bob thread 1', 'ann > eve mention 1', 'bob > ann reply 2', 'bob > ann thread 1', 'eve > bob reaction 1'])
  await eve.del(`/entries/${answer.id}/reactions/🎉`)
  await ann.patch(`/entries/${root.id}`, { body: 'Lunch?' })
  await bob.del(`/entries/${answer.id}`)
  expect(await ties()).toEqual(['ann > bob reply 1', 'ann > bob thread 1', 'bob > ann reply 1', 'bob > ann thread 1'])
})

test('of direct messages nothing counts until both let their number count; of what is secret nothing does', async () => {
  const { ann, bob, eve, ties, host } = await begin()
  const talk = await ann.post('/conversations', { people: [bob.id] })
  await post(ann, talk, 'psst')
  await post(ann, talk, 'psst!')
  const secret = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'secret' })
  await ann.put(`/spaces/${secret.id}/members/${eve.id}`, {})
  await reply(eve, await post(ann, secret, `@${eve.handle}, quietly`), 'mum')
  expect(await ties()).toEqual([])
  expect(await ann.patch('/me/network', { count_direct: true })).toEqual({ in_network: true, count_direct: true })
  await recountTies(host)
  expect(await ties()).toEqual([])
  await bob.patch('/me/network', { count_direct: true })
  await recountTies(host)
  expect(await ties()).toEqual(['ann > bob direct 2'])
  await bob.patch('/me/network', { count_direct: false })
  expect(await ties()).toEqual([])
  await recountTies(host)
  expect(await ties()).toEqual([])
})

test('what is kept all along is what one counts from the beginning', async () => {
  const { ann, bob, eve, team, ties, host } = await begin()
  const root = await post(ann, team, `@${bob.handle} and @${eve.handle}`)
  const answer = await reply(bob, root, 'a')
  await reply(eve, answer, 'b')
  await bob.put(`/entries/${root.id}/reactions/👍`)
  await bob.del(`/entries/${answer.id}`)
  await bob.post(`/entries/${answer.id}/restore`)
  const kept = await ties()
  expect(kept.length).toBeGreaterThan(5)
  await sql`delete from ties`.execute(host.db)
  await recountTies(host)
  expect(await ties()).toEqual(kept)
})

test('who leaves the picture is gone from it, whatever is said later, and may come back', async () => {
  const { ann, bob, team, ties, host } = await begin()
  const root = await post(ann, team, 'Lunch?')
  await reply(bob, root, 'Yes')
  const before = await ties()
  expect(await bob.get('/me/network')).toEqual({ in_network: true, count_direct: false })
  expect(await bob.patch('/me/network', { in_network: false })).toEqual({ in_network: false, count_direct: false })
  expect(await ties()).toEqual([])
  await reply(bob, root, 'Still here')
  await recountTies(host)
  expect(await ties()).toEqual([])
  expect((await loadTies(host, '2100-01-01')).people).not.toContain(bob.id)
  await bob.patch('/me/network', { in_network: true })
  await recountTies(host)
  expect((await ties()).length).toBeGreaterThanOrEqual(before.length)
})

test('a tie weighs less with time, and more with every kind', async () => {
  const { ann, bob, team, host } = await begin()
  await bob.post(`/spaces/${team.id}/leave`)
  await sql`insert into ties (from_id, to_id, week, kind, count) values (${ann.id}, ${bob.id}, '2020-01-06', 'reply', 1), (${bob.id}, ${ann.id}, '2020-01-06', 'mention', 3)`.execute(host.db)
  const weigh = async (at: string, more = {}) => (await loadTies({ ...host, config: { ...host.config, tieHalfLife: 30, ...more } }, at)).weights[0]
  expect(await weigh('2020-01-06')).toBeCloseTo(2 * Math.log(2) + Math.log(4), 6)
  expect(await weigh('2020-02-05')).toBeCloseTo((2 * Math.log(2) + Math.log(4)) / 2, 6)
  expect(await weigh('2020-01-05')).toBe(undefined)
  expect(await weigh('2020-01-06', { tieWeights: { mention: 5 } })).toBeCloseTo(2 * Math.log(2) + 5 * Math.log(4), 6)
  expect(await weigh('2020-01-06', { tieWeights: { mention: 0, reply: 0 } })).toBe(undefined)
  expect(() => tieWeights({ tieWeights: { gossip: 1 } })).toThrow(/TIE_WEIGHTS names gossip; there are import, reply/)
})

test('what every member may read is told apart, both ways only, and follows a space that is closed', async () => {
  const { ann, bob, eve, settled, host } = await begin()
  const people = [ann, bob, eve]
  const room: Json = await ann.post('/spaces', { name: 'Room', purpose: 'x', visibility: 'open' })
  for (const one of [bob, eve]) await ann.put(`/spaces/${room.id}/members/${one.id}`)
  const root = await post(ann, room, 'Lunch?')
  await post(ann, room, `With @${bob.handle}`)
  await reply(bob, root, 'Yes')
  await reply(eve, root, 'No')
  await settled()
  const pairs = async (load: typeof loadTies) => {
    const graph = await load(host, weekOf(Date.now()))
    const place = (id: string) => people.findIndex((one) => one.id === id)
    return [...graph.from].map((v, i) => [place(graph.people[v]), place(graph.people[graph.to[i]])].toSorted().join()).filter((pair) => !pair.includes('-')).toSorted()
  }
  expect(await pairs(loadTies)).toEqual(['0,1', '0,2', '1,2'])
  // Eve answered Ann, and wrote after Bob; neither turned to her.
  expect(await pairs(loadOpenTies)).toEqual(['0,1'])
  for (const [visibility, told] of [['closed', []], ['secret', []]] as const) {
    expect(await ann.patch(`/spaces/${room.id}`, { visibility })).toMatchObject({ visibility })
    await settled()
    await recountTies(host)
    expect(await pairs(loadOpenTies)).toEqual(told)
  }
  expect(await pairs(loadTies)).toEqual([])
})

test('being in the same small space adds to a tie, and makes none', async () => {
  const { ann, bob, eve, team, host, settled } = await begin()
  await reply(bob, await post(ann, team, 'Lunch?'), 'Yes')
  await settled()
  const weight = async (a: Client, b: Client) => {
    const { people, from, to, weights } = await loadTies(host, weekOf(Date.now()))
    const pair = [people.indexOf(a.id), people.indexOf(b.id)]
    return weights.find((_, i) => pair.includes(from[i]) && pair.includes(to[i]))
  }
  const before = (await weight(ann, bob))!
  const closed = await ann.post('/spaces', { name: 'Cellar', purpose: 'x', visibility: 'closed' })
  for (const one of [bob, eve]) await ann.put(`/spaces/${closed.id}/members/${one.id}`)
  expect((await weight(ann, bob))! - before).toBeCloseTo(0.15, 6)
  expect(await weight(ann, eve)).toBeUndefined()
  const secret = await ann.post('/spaces', { name: 'Attic', purpose: 'x', visibility: 'secret' })
  await ann.put(`/spaces/${secret.id}/members/${bob.id}`)
  expect((await weight(ann, bob))! - before).toBeCloseTo(0.15, 6)
})
