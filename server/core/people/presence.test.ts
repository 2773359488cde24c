import { expect, test } from 'vitest'
import { signedIn, scene } from '../../scene.ts'
import { forgetPresences } from './presence.ts'

test('who is here is shown where the network shows it, to those who show themselves, and of those one may know of', async () => {
  const { ann, bob, eve, olga, host, team } = await scene()
  await olga.patch(`/people/${eve.id}`, { role: 'guest' })
  const people = [ann.id, bob.id, eve.id]
  const browsers = { ann: await signedIn(ann), bob: await signedIn(bob), eve: await signedIn(eve) }
  const ask = (who: keyof typeof browsers) => browsers[who].post('/presence', { people }).then(({ here }: { here: string[] }) => new Set(here))
  await ask('bob')
  expect(await ask('ann')).toEqual(new Set())
  await olga.patch('/network', { presence: true })
  await ask('bob')
  expect(await ask('ann')).toEqual(new Set([ann.id, bob.id]))
  // A program that has a key of hers is not she.
  await host.pool.query('delete from presences')
  await ann.post('/presence', { people })
  expect(await ask('bob')).toEqual(new Set([bob.id]))
  // A guest is shown those they meet.
  expect(await ask('eve')).toEqual(new Set([eve.id]))
  await ann.put(`/spaces/${team.id}/members/${eve.id}`, { role: 'member' })
  expect(await ask('eve')).toContain(bob.id)

  await bob.patch('/me', { shows_presence: false })
  expect(await ask('ann')).not.toContain(bob.id)
  expect(await ask('bob')).toEqual(new Set())
  expect((await host.pool.query('select person_id from presences where person_id = $1', [bob.id])).rows).toEqual([])
  expect(await ann.get(`/people/${bob.id}`)).not.toHaveProperty('shows_presence')

  await host.pool.query(`update presences set at = now() - interval '3 minutes' where person_id = $1`, [eve.id])
  expect(await ask('ann')).toEqual(new Set([ann.id]))
  await host.pool.query(`update presences set at = now() - interval '11 minutes'`)
  await forgetPresences.run(host, {}, undefined as never)
  expect((await host.pool.query('select * from presences')).rows).toEqual([])
  expect(await ann.post('/presence', { people: Array.from({ length: 201 }, () => bob.id) })).toMatchObject({ status: 422 })
})
