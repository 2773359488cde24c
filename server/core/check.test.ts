import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { scene } from '../scene.ts'
import { newId } from '../kernel/ids.ts'
import { checkNumbers } from './check.ts'

test('numbers that do not fit what they count are found, and set right on demand', async () => {
  const { ann, bob, olga, eve, team, host } = await scene()
  const root = await bob.post(`/spaces/${team.id}/entries`, { body: 'root' })
  const replies = [await ann.post(`/entries/${root.id}/replies`, { body: 'one' }), await ann.post(`/entries/${root.id}/replies`, { body: 'two' })]
  await ann.del(`/entries/${replies[1].id}`)
  await eve.post(`/spaces/${team.id}/join`)
  await olga.patch(`/people/${eve.id}`, { state: 'deactivated' })
  const wrong = async (repair: boolean) => (await checkNumbers(host.db, repair)).map((found) => found.wrong)
  // People become guests and none, where they are and before they come.
  await olga.patch(`/people/${eve.id}`, { state: 'active' })
  for (const role of ['guest', 'member', 'guest']) await olga.patch(`/people/${eve.id}`, { role })
  const guests = async () => (await host.pool.query('select guest_count from spaces where id = $1', [team.id])).rows[0].guest_count
  expect(await guests()).toBe(1)
  await olga.patch(`/people/${eve.id}`, { state: 'deactivated' })
  expect(await guests()).toBe(0)
  // An import brings some, one of whom comes and one is let go.
  const before = (await ann.get(`/spaces/${team.id}`)).audience
  await host.pool.query(`insert into people (id, name, handle, role, state) select gen_random_uuid(), h, h, 'member', 'imported' from unnest(array['ida', 'ivo', 'iris']) h`)
  expect((await ann.get(`/spaces/${team.id}`)).audience).toEqual({ ...before, count: before.count + 3, not_joined: before.not_joined + 3 })
  await host.pool.query(`update people set state = case handle when 'ida' then 'active' else 'deactivated' end where handle in ('ida', 'ivo')`)
  expect((await ann.get(`/spaces/${team.id}`)).audience).toEqual({ ...before, count: before.count + 2, not_joined: before.not_joined + 1 })
  // All that was done above by commands is right.
  expect(await wrong(false)).toEqual([0, 0, 0, 0])

  await host.pool.query('update entries set reply_count = 7, active_id = id where id = $1', [root.id])
  await host.pool.query('update spaces set member_count = 40 where id = $1', [team.id])
  await host.pool.query('update spaces set guest_count = 3 where id = $1', [team.id])
  await host.pool.query('update network_counts set people = people + 2')
  expect(await wrong(false)).toEqual([1, 1, 1, 1])
  expect((await ann.get(`/entries/${root.id}`)).reply_count).toBe(7)
  expect(await checkNumbers(host.db, true)).toMatchObject([1, 2, 3, 4].map(() => ({ wrong: 1, repaired: true })))
  expect(await wrong(false)).toEqual([0, 0, 0, 0])
  expect(await ann.get(`/entries/${root.id}`)).toMatchObject({ reply_count: 1, active_id: replies[0].id })
  expect((await ann.get(`/spaces/${team.id}`)).member_count).toBe(2)
})

test('more than fits into one piece is looked at to its end', async () => {
  const { ann, team, host } = await scene()
  await host.pool.query(`insert into entries (id, space_id, kind, author_id, in_feed, active_id, reply_count)
    select id, $1, 'update', $2, true, id, case when n in (1, 1000, 1001, 2300) then 5 else 0 end
    from (select n, gen_random_uuid() as id from generate_series(1, 2300) n) x`, [team.id, ann.id])
  expect((await checkNumbers(host.db, true))[0]).toMatchObject({ wrong: 4, repaired: true })
  expect((await checkNumbers(host.db, false))[0].wrong).toBe(0)
})

test('what is being written while a number is set right is counted', async () => {
  const { ann, bob, team, host } = await scene()
  const root = await bob.post(`/spaces/${team.id}/entries`, { body: 'root' })
  await host.pool.query('update entries set reply_count = 7 where id = $1', [root.id])
  // A reply that has done all but to commit.
  const writer = await host.pool.connect()
  await writer.query('begin')
  await writer.query('select pg_advisory_xact_lock(hashtextextended($1::text, 0))', [team.id])
  await writer.query(`insert into entries (id, space_id, kind, root_id, parent_id, author_id, in_feed, active_id) values ($1, $2, 'message', $3, $3, $4, false, $1)`, [newId(), team.id, root.id, ann.id])
  await writer.query('update entries set reply_count = reply_count + 1 where id = $1', [root.id])
  const repair = checkNumbers(host.db, true)
  const isWaiting = async () => (await host.pool.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount
  for (let waited = 0; !(await isWaiting()); waited += 20, await sleep(20)) if (waited > 10_000) expect.fail('the repair waits for nobody')
  await writer.query('commit')
  writer.release()
  expect((await repair)[0]).toMatchObject({ wrong: 1, repaired: true })
  expect((await ann.get(`/entries/${root.id}`)).reply_count).toBe(1)
  expect((await checkNumbers(host.db, false))[0].wrong).toBe(0)
})

test('a server that runs shows numbers that were set right, and browsers hear of it', async () => {
  const { ann, bob, team, host } = await scene()
  const roots = [await bob.post(`/spaces/${team.id}/entries`, { body: 'root' }), await bob.post(`/spaces/${team.id}/entries`, { body: 'another' })]
  await host.pool.query('update entries set reply_count = 7 where id = any ($1::uuid[])', [roots.map(({ id }) => id)])
  const shown = async () => (await ann.get(`/spaces/${team.id}/entries`)).items.map(({ reply_count }: { reply_count: number }) => reply_count)
  expect(await shown()).toEqual([7, 7])
  const live = await bob.live()
  expect((await checkNumbers(host.db, true))[0]).toMatchObject({ wrong: 2, repaired: true })
  expect(await shown()).toEqual([0, 0])
  await live.until((event) => event.type === 'space.imported' && event.space === team.id)
  live.close()
})
