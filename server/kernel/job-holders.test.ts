import { afterAll, expect, test } from 'vitest'
import { openHost } from '../host.ts'
import { testConfig } from '../scene.ts'
import { watchJobHolders } from './job-holders.ts'
import { defineJob, enqueue } from './jobs.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

test('a job whose worker died is let go of within seconds, and one whose worker lives is not', async () => {
  const { config, drop } = await testConfig({ LOG_LEVEL: 'silent' })
  clean.push(drop)
  const { host, close } = await openHost(config)
  clean.push(close)
  const holders = watchJobHolders(host)
  clean.push(holders.stop)
  const jobs = ['of the dead', 'of the living', 'just taken']
  for (const name of jobs) await enqueue(host.db, defineJob(name, async () => {}), {})
  const take = (name: string, worker: string, ago: string) => host.pool.query(`update graphile_worker._private_jobs j set locked_by = $2, locked_at = now() - $3::interval
    from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = $1`, [name, worker, ago])
  await take('of the dead', 'gone', '1 minute')
  await take('of the living', 'here', '1 hour')
  await take('just taken', 'coming', '1 second')
  const held = async () => (await host.pool.query('select task_identifier as name from graphile_worker.jobs where locked_by is not null order by id')).rows.map(({ name }) => name)
  holders.events.emit('pool:create', { workerPool: { id: 'here' } })
  const { rows: [{ id }] } = await host.pool.query<{ id: string }>(`select id::text from graphile_worker.jobs where task_identifier = 'of the living'`)
  holders.events.emit('job:start', { job: { id } })
  const showing = async (): Promise<number[]> => (await host.pool.query(`select pid from pg_locks
    where locktype = 'advisory' and classid = 7106223 and database = (select oid from pg_database where datname = current_database())`)).rows.map(({ pid }) => pid)
  await expect.poll(showing).toHaveLength(1)
  const [first] = await showing()
  await holders.look()
  expect(await held(), 'missed once').toEqual(jobs)
  await holders.look()
  expect(await held(), 'missed twice').toEqual(['of the living', 'just taken'])
  // The connection that shows life breaks, and comes back.
  await host.pool.query('select pg_terminate_backend($1)', [first])
  await holders.look()
  expect(await held()).toEqual(['of the living', 'just taken'])
  await expect.poll(async () => (await showing()).filter((pid) => pid !== first)).toHaveLength(1)
  await expect.poll(showing).toHaveLength(1)
  await holders.look()
  await holders.look()
  expect(await held()).toEqual(['of the living', 'just taken'])
  // It has ended, and the database did not hear of that.
  holders.events.emit('job:complete', { job: { id } })
  await holders.look()
  expect(await held(), 'just ended').toEqual(['of the living', 'just taken'])
  await holders.look()
  expect(await held()).toEqual(['just taken'])
  await take('of the living', 'here', '1 hour')
  await holders.stop()
  await holders.look()
  await holders.look()
  expect(await held()).toEqual(['just taken'])
})
