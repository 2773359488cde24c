import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Host } from './context.ts'

// Any constant will do; with the name of a worker it names the lock "this worker lives".
const LIVES = 7_106_223
const LOOK_MS = 5000
const AGAIN_MS = 1000
// A worker may take its first job a moment before its lock is held.
const SURE_AFTER = '10 seconds'

type Told = { job: { id: string | number } }

/**
 * Lets go of the jobs of workers that died: each that lives holds a lock by its name, on a connection that ends with the
 * process. By itself graphile-worker takes a job for lost only after four hours. A connection may break while its worker
 * lives, and has its lock again within seconds: who is missed at two looks in a row is dead. Where the database went away
 * just when a job ended, nobody knows there that it did, and it is let go of likewise: it is done again.
 * @returns `events`, for the workers of this process, `look`, which is done every five seconds anyway, and `stop`
 */
export function watchJobHolders(host: Host): { events: EventEmitter; look: () => Promise<void>; stop: () => Promise<void> } {
  const mine = new Set<string>()
  const closing = new AbortController()
  let client: pg.Client | null = null

  const hold = (name: string) => client?.query('select pg_advisory_lock($1, hashtext($2))', [LIVES, name]).catch(() => {})
  async function open(): Promise<void> {
    const opening = new pg.Client(host.pool.options)
    opening.on('error', () => {})
    await opening.connect()
    if (closing.signal.aborted) return opening.end()
    client = opening
    for (const name of mine) await hold(name)
    await new Promise((gone) => opening.once('end', gone))
    client = null
  }
  const holding = (async () => {
    // Away with its locks: they are taken again as soon as the database is there.
    for (; !closing.signal.aborted; await sleep(AGAIN_MS, undefined, closing).catch(() => {})) await open().catch(() => {})
  })()

  // By text: our pool reads large numbers as numbers.
  const busy = new Set<string>()
  let missed: string[] = []
  let over: string[] = []
  const look = async () => {
    await letGoOfTheDead()
    await letGoOfWhatIsOver()
  }
  async function letGoOfTheDead(): Promise<void> {
    const { rows } = await host.pool.query<{ name: string }>(`select locked_by as name from (
      select distinct locked_by from graphile_worker.jobs where locked_at < now() - $2::interval) held
      where pg_try_advisory_xact_lock($1, hashtext(locked_by))`, [LIVES, SURE_AFTER])
    const names = rows.map(({ name }) => name)
    const dead = names.filter((name) => missed.includes(name))
    missed = names
    if (dead.length) await host.pool.query('select graphile_worker.force_unlock_workers($1)', [dead])
  }
  async function letGoOfWhatIsOver(): Promise<void> {
    const { rows } = await host.pool.query<{ id: string }>(`select id::text from graphile_worker.jobs
      where locked_by = any ($1) and locked_at < now() - $2::interval`, [[...mine], SURE_AFTER])
    const ids = rows.map(({ id }) => id).filter((id) => !busy.has(id))
    const left = ids.filter((id) => over.includes(id))
    over = ids
    // There is no function for it: graphile-worker lets go of all jobs of a worker, or of none.
    if (left.length) await host.pool.query('update graphile_worker._private_jobs set locked_by = null, locked_at = null where id = any ($1::bigint[]) and locked_by = any ($2)', [left, [...mine]])
  }
  const looking = setInterval(() => void look().catch(() => {}), LOOK_MS).unref()
  const events = new EventEmitter().on('pool:create', ({ workerPool: { id } }: { workerPool: { id: string } }) => {
    mine.add(id)
    void hold(id)
  }).on('job:start', ({ job }: Told) => busy.add(String(job.id))).on('job:complete', ({ job }: Told) => busy.delete(String(job.id)))
  return {
    events, look,
    stop: async () => {
      clearInterval(looking)
      closing.abort()
      await client?.end().catch(() => {})
      await holding
    },
  }
}
