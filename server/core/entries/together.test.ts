import { expect, test, vi } from 'vitest'
import { type Json, scene } from '../../scene.ts'
import { checkNumbers } from '../check.ts'

// Posts share a transaction with those that came to the same process; beside another one, who would wait for it goes alone.
vi.hoisted(() => { process.env.FOLKMOOT_PROCESSES = '1' })

test('what many post at once is written together, and each is answered as if they had been alone', async () => {
  const { host, ann, bob, eve, team } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  const old = await ann.post('/spaces', { name: 'Old', purpose: 'Was', visibility: 'open' })
  await ann.post(`/spaces/${old.id}/archive`)
  const mine = await bob.post('/spaces', { name: 'Bob', purpose: 'His', visibility: 'open' })
  const post = (who: typeof ann, space: Json, body: object) => who.post(`/spaces/${space.id}/entries`, body)
  /** What is sent meanwhile waits until all of it has come. */
  async function atOnce<T>(send: () => T): Promise<T> {
    const client = await host.pool.connect()
    await client.query('begin')
    await client.query('lock table events in share mode')
    const sent = send()
    await expect.poll(async () => (await client.query(`select count(*)::int as n from pg_locks where relation = 'events'::regclass and not granted`)).rows[0].n).toBeGreaterThan(0)
    // What is asked now is answered after those that came before it were read, also where the machine is slow.
    for (let asked = 0; asked < 10; asked++) await ann.get('/me')
    await client.query('commit')
    client.release()
    return sent
  }
  const posts = (count: number) => Array.from({ length: count }, (_, i) => post([ann, bob, eve][i % 3], i % 2 ? team : mine, { body: `said ${i}` }))

  const entries = await Promise.all(await atOnce(() => posts(30)))
  for (const [i, entry] of entries.entries()) expect(entry).toMatchObject({ body: `said ${i}`, author: [ann, bob, eve][i % 3].id, space: (i % 2 ? team : mine).id })
  const { rows } = await host.pool.query('select count(distinct xmin::text)::int as n from entries where id = any ($1)', [entries.map(({ id }) => id)])
  expect(rows[0].n).toBeLessThan(30)

  // What one of them breaks is no matter of the others.
  const [refused, twice, more] = await atOnce(() => [
    [
      post(eve, board, { body: 'not for me' }), post(ann, old, { body: 'too late' }), post(bob, team, { body: ' ' }),
      post(bob, team, { body: 'a file of nobody', files: [ann.id] }), post(eve, team, { kind: 'question', body: 'without a title' }),
    ],
    [1, 2].map(() => ann.post(`/spaces/${team.id}/entries`, { body: 'once' }, { 'idempotency-key': 'the same' })),
    posts(4),
  ])
  expect((await Promise.all(refused)).map(({ code }) => code)).toEqual(['not_found', 'archived', 'empty', 'not_your_file', 'title_needed'])
  const [once, again] = await Promise.all(twice)
  expect(again).toMatchObject({ id: once.id })
  expect((await Promise.all(more)).map(({ body }) => body)).toEqual(['said 0', 'said 1', 'said 2', 'said 3'])

  const ids = (await ann.get(`/spaces/${team.id}/entries?limit=50`)).items.map(({ id }: Json) => id)
  expect(ids).toHaveLength(18)
  expect(ids).toEqual([...ids].sort().reverse())
  for (const found of await checkNumbers(host.db, false)) expect(found).toMatchObject({ wrong: 0 })
})
