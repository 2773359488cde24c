import { expect, test } from 'vitest'
import { enqueue } from '../../kernel/jobs.ts'
import { type Json, scene } from '../../scene.ts'

test('work that failed for good is listed for administrators, and is tried again when they say so', async () => {
  const { olga, bob, host } = await scene()
  await enqueue(host.db, { name: 'a-job-nobody-knows' }, { about: 'a test' }, { key: 'failing' })
  await host.pool.query(`select graphile_worker.permanently_fail_jobs(array(select id from graphile_worker.jobs where key = 'failing'), 'it broke')`)
  const mine = async () => (await olga.get('/effects/failures')).items.filter((one: Json) => one.key === 'failing')
  const [failure] = await mine()
  expect(failure).toMatchObject({ job: 'a-job-nobody-knows', attempts: 5, error: 'it broke' })
  await enqueue(host.db, { name: 'another-job-nobody-knows' }, {}, { key: 'failing too' })
  await host.pool.query(`select graphile_worker.permanently_fail_jobs(array(select id from graphile_worker.jobs where key = 'failing too'), 'so did it')`)
  const newest = await olga.get('/effects/failures?limit=1')
  expect(newest.items).toMatchObject([{ job: 'another-job-nobody-knows' }])
  expect(await olga.get(`/effects/failures?limit=1&before=${newest.next}`)).toMatchObject({ items: [{ id: failure.id }], next: null })
  expect(await bob.get('/effects/failures')).toMatchObject({ status: 403, code: 'admins_only' })
  expect(await bob.post(`/effects/failures/${failure.id}/retry`)).toMatchObject({ status: 403 })
  expect((await olga.post(`/effects/failures/${failure.id}/retry`)).status).toBe(204)
  expect(await mine()).toEqual([])
  for (const id of ['x', '-1', '9'.repeat(30)]) expect(await olga.post(`/effects/failures/${id}/retry`)).toMatchObject({ status: 422, code: 'bad_id' })
})
