import { expect, test } from 'vitest'
import { countWaiting } from '../../../test/waiting.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { checkNumbers } from '../check.ts'

/** Lets calls meet in a space: holds its lock until all of them wait for it, in the order in which they are given. */
async function meet(host: Awaited<ReturnType<typeof scene>>['host'], space: string, calls: (() => Promise<Json>)[]): Promise<Json[]> {
  const client = await host.pool.connect()
  const waiting = () => countWaiting(host.pool, 'advisory')
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [space])
  const answers: Promise<Json>[] = []
  for (const call of calls) {
    answers.push(call())
    await expect.poll(waiting, { timeout: 30_000 }).toBe(answers.length)
  }
  await client.query('commit')
  client.release()
  return Promise.all(answers)
}

const secretSpace = async (ann: Client, bob: Client) => {
  const space = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'secret' })
  await ann.put(`/spaces/${space.id}/members/${bob.id}`)
  return space as { id: string }
}

test('whoever is taken out, or meets an archive, while they wait says nothing any more', async () => {
  const { host, ann, bob } = await scene()
  const space = await secretSpace(ann, bob)
  const own = await bob.post(`/spaces/${space.id}/entries`, { body: 'from before' })
  const post = () => bob.post(`/spaces/${space.id}/entries`, { body: 'too late' })
  const [, ...late] = await meet(host, space.id, [() => ann.del(`/spaces/${space.id}/members/${bob.id}`), post,
    () => bob.post(`/entries/${own.id}/replies`, { body: 'too late' }), () => bob.patch(`/entries/${own.id}`, { body: 'too late' }), () => bob.put(`/entries/${own.id}/reactions/👍`)])
  for (const answer of late) expect(answer).toMatchObject({ status: 404 })
  await ann.put(`/spaces/${space.id}/members/${bob.id}`)
  const [, refused] = await meet(host, space.id, [() => ann.post(`/spaces/${space.id}/archive`), post])
  expect(refused).toMatchObject({ status: 403, code: 'archived' })
  expect((await ann.get(`/spaces/${space.id}/entries`)).items).toHaveLength(1)
})

test('whoever is let go while they wait says nothing any more', async () => {
  const { host, ann, bob, olga, team } = await scene()
  const client = await host.pool.connect()
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [team.id])
  const late = bob.post(`/spaces/${team.id}/entries`, { body: 'too late' })
  await olga.patch(`/people/${bob.id}`, { state: 'deactivated' })
  await client.query('commit')
  client.release()
  expect(await late).toMatchObject({ status: 401 })
  expect((await ann.get(`/spaces/${team.id}/entries`)).items).toHaveLength(0)
})

test('numbers stay right when many write, remove and come and go at once', async () => {
  const { host, ann, bob, eve, olga, team } = await scene()
  const root = await ann.post(`/spaces/${team.id}/entries`, { body: 'root' })
  const old: Json[] = []
  for (let i = 0; i < 12; i++) old.push(await bob.post(`/entries/${root.id}/replies`, { body: `${i}` }))
  await Promise.all([...old.map(({ id }) => bob.del(`/entries/${id}`)), ...old.map(() => ann.post(`/entries/${root.id}/replies`, { body: 'new' }))])
  expect((await ann.get(`/entries/${root.id}`)).reply_count).toBe(12)
  await eve.post(`/spaces/${team.id}/join`)
  for (const state of ['deactivated', 'active'])
    await Promise.all([1, 2, 3].map(() => olga.patch(`/people/${eve.id}`, { state })))
  await Promise.all([olga.patch(`/people/${eve.id}`, { state: 'deactivated' }), ann.del(`/spaces/${team.id}/members/${eve.id}`)])
  await Promise.all([olga.patch(`/people/${bob.id}`, { state: 'deactivated' }), bob.post(`/spaces/${team.id}/leave`), ann.put(`/spaces/${team.id}/members/${bob.id}`)])
  for (const found of await checkNumbers(host.db, false)) expect(found).toMatchObject({ wrong: 0 })
})

test('a space keeps a host: of two who leave at once one stays, and where the last is let go another takes over', async () => {
  const { ann, bob, eve, olga } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  for (const person of [bob, eve]) await ann.put(`/spaces/${board.id}/members/${person.id}`)
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, { role: 'host' })
  await Promise.all([ann.del(`/spaces/${board.id}/members/${ann.id}`), olga.patch(`/people/${bob.id}`, { state: 'deactivated' })])
  const hosts = (await eve.get(`/spaces/${board.id}/members`)).items.filter((one: Json) => one.membership.role === 'host' && one.state !== 'deactivated' && one.id !== bob.id)
  expect(hosts).toHaveLength(1)
})
