import { expect, test } from 'vitest'
import { scene } from '../scene.ts'
import { checkNumbers } from './check.ts'

test('numbers that do not fit what they count are found, and set right on demand', async () => {
  const { ann, bob, olga, eve, team, host } = await scene()
  const root = await bob.post(`/spaces/${team.id}/entries`, { body: 'root' })
  const replies = [await ann.post(`/entries/${root.id}/replies`, { body: 'one' }), await ann.post(`/entries/${root.id}/replies`, { body: 'two' })]
  await ann.del(`/entries/${replies[1].id}`)
  await eve.post(`/spaces/${team.id}/join`)
  await olga.patch(`/people/${eve.id}`, { state: 'deactivated' })
  const wrong = async (repair: boolean) => (await checkNumbers(host.db, repair)).map((found) => found.wrong)
  // All that was done above by commands is right.
  expect(await wrong(false)).toEqual([0, 0])

  await host.pool.query('update entries set reply_count = 7, active_id = id where id = $1', [root.id])
  await host.pool.query('update spaces set member_count = 40 where id = $1', [team.id])
  expect(await wrong(false)).toEqual([1, 1])
  expect((await ann.get(`/entries/${root.id}`)).reply_count).toBe(7)
  expect(await checkNumbers(host.db, true)).toMatchObject([{ wrong: 1, repaired: true }, { wrong: 1, repaired: true }])
  expect(await wrong(false)).toEqual([0, 0])
  expect(await ann.get(`/entries/${root.id}`)).toMatchObject({ reply_count: 1, active_id: replies[0].id })
  expect((await ann.get(`/spaces/${team.id}`)).member_count).toBe(2)
})
