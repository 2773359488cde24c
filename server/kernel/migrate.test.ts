import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { testConfig } from '../scene.ts'
import { migrate } from './migrate.ts'
import { indexOnline, type Step } from './schema.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

/** An empty database, and a pool in which no statement may take longer than a fifth of a second. */
async function begin() {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const pool = new pg.Pool({ connectionString: config.databaseUrl!, options: '-c statement_timeout=200 -c idle_in_transaction_session_timeout=200' })
  // One that is let go of may still be there when its database goes.
  pool.on('connect', (client) => void client.on('error', () => {}))
  pool.on('error', () => {})
  clean.push(() => pool.end())
  const tables = async () => (await pool.query(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')
    and relname not like 'kysely%' order by 1`)).rows.map(({ name }) => name as string)
  return { pool, tables }
}

const run = (...texts: string[]): Step => ({
  up: async (db: Kysely<any>) => {
    for (const text of texts) await sql.raw(text).execute(db)
  },
})

test('a step takes as long as it needs, whatever the time for a request is', async () => {
  const { pool, tables } = await begin()
  await expect(pool.query('select pg_sleep(5)')).rejects.toThrow('statement timeout')
  const slow: Step = { up: async (db) => (await run('create table slow (n int)', 'select pg_sleep(0.6)').up(db), sleep(600)) }
  expect(await migrate(pool, [{ '1-slow': slow }])).toEqual(['1-slow'])
  expect(await tables()).toEqual(['slow'])
  // Requests have their limit as before: what was set belongs to the steps alone.
  await expect(pool.query('select pg_sleep(5)')).rejects.toThrow('statement timeout')
})

test('of an update that fails half way nothing stays, it is said where, and the next one is whole', async () => {
  const { pool, tables } = await begin()
  await migrate(pool, [{ '1-people': run('create table people (n int)', 'insert into people values (1)') }])
  const steps = { '1-people': run(), '2-first': run('create table first (n int)'), '3-second': run('update people set n = 2', 'create table second (n int)', 'select 1 / 0'), '4-third': run('create table third (n int)') }
  await expect(migrate(pool, [steps])).rejects.toThrow('The schema step 3-second failed; the database is as it was before. division by zero')
  expect(await tables()).toEqual(['people'])
  expect((await pool.query('select n from people')).rows).toEqual([{ n: 1 }])
  expect(await migrate(pool, [{ ...steps, '3-second': run('create table second (n int)') }])).toEqual(['2-first', '3-second', '4-third'])
  expect(await tables()).toEqual(['first', 'people', 'second', 'third'])
})

test('a step lets those go first who have a table, and tries again', async () => {
  const { pool, tables } = await begin()
  await migrate(pool, [{ '1-people': run('create table people (n int)') }])
  const reader = new pg.Client((pool.options as pg.PoolConfig).connectionString)
  reader.on('error', () => {})
  await reader.connect()
  clean.push(() => reader.end())
  await reader.query('begin; select * from people')
  const update = migrate(pool, [{ '1-people': run(), '2-letters': run('create table letters (n int)'), '3-column': run('alter table people add column name text') }])
  // Longer than a step waits once.
  setTimeout(() => void reader.query('commit'), 6500)
  expect(await update).toEqual(['2-letters', '3-column'])
  expect(await tables()).toEqual(['letters', 'people'])
}, 60_000)

test('an index is added beside writers; one that cannot be leaves nothing behind, and can be added later', async () => {
  const { pool, tables } = await begin()
  const steps = { '1-people': run('create table people (n int)', 'insert into people values (1), (1)'), '2-index': indexOnline('people_n', sql`people (n)`, { unique: true }), '3-column': run('alter table people add column name text') }
  await expect(migrate(pool, [steps])).rejects.toThrow(/The schema step 2-index failed; the steps before it stay\. .*people_n/)
  expect(await tables()).toEqual(['people'])
  await pool.query(`update people set n = 2, name = 'there' where ctid = (select max(ctid) from people)`)
  // What a start leaves that was killed while it made the index.
  await pool.query('insert into people values (2)')
  await expect(pool.query('create unique index concurrently people_n on people (n)')).rejects.toThrow('could not create unique index')
  expect(await tables()).toEqual(['people', 'people_n'])
  await pool.query('delete from people where name is null and n = 2')
  const writer = new pg.Client((pool.options as pg.PoolConfig).connectionString)
  writer.on('error', () => {})
  await writer.connect()
  clean.push(() => writer.end())
  await writer.query('begin; insert into people values (7)')
  const update = migrate(pool, [steps])
  // It waits for who wrote before, and whoever comes meanwhile does not wait for it.
  await sleep(300)
  await pool.query('insert into people values (8)')
  await writer.query('commit')
  expect(await update).toEqual(['2-index'])
  expect((await pool.query(`select indisvalid from pg_index where indexrelid = 'people_n'::regclass`)).rows).toEqual([{ indisvalid: true }])
  await expect(pool.query('insert into people values (8)')).rejects.toThrow('duplicate')
}, 60_000)

test('of several that start at once one takes each step, and the others find it taken', async () => {
  const { pool, tables } = await begin()
  const steps = { '1-people': run('create table people (n int)', 'select pg_sleep(0.5)'), '2-one': run('insert into people values (1)'), '3-index': indexOnline('people_n', sql`people (n)`) }
  const taken = await Promise.all([1, 2, 3].map(() => migrate(pool, [steps])))
  expect(taken.toSorted((a, b) => a.length - b.length)).toEqual([[], [], ['1-people', '2-one', '3-index']])
  expect((await pool.query('select n from people')).rows).toEqual([{ n: 1 }])
  expect(await tables()).toEqual(['people', 'people_n'])
})

test('a database that a newer version has been at is left alone', async () => {
  const { pool } = await begin()
  await migrate(pool, [{ '1-people': run('create table people (n int)'), '2-later': run('create table later (n int)') }])
  await expect(migrate(pool, [{ '1-people': run() }])).rejects.toThrow('A newer version has been at this database (schema step 2-later). Start that one.')
})
