import type { EventEmitter } from 'node:events'
import { type Runner, run, runMigrations, Logger } from 'graphile-worker'
import { sql } from 'kysely'
import type { Db, Pool } from './db.ts'
import type { Ctx, Host } from './context.ts'
import { demandOwnNames } from './declared.ts'
import { watchJobHolders } from './job-holders.ts'
import { cursorsOf, type Page, type PageQuery, toPage } from './pages.ts'

/**
 * How many jobs of each queue run at a time in one process. What takes long has a queue of its own, so that no letter waits
 * for it: `quick` is what is done at once, `mail` and `remote` wait for other machines, `heavy` computes or copies for minutes.
 */
const QUEUES = { quick: 2, mail: 2, remote: 8, heavy: 1 }
export type Queue = keyof typeof QUEUES

/** Work outside a request: mails, retries, cleaning. `name` is a kebab sentence: 'send-letter'; `signal` says that the server stops. */
export type Job<T = any> = { name: string; queue: Queue; run: (host: Host, payload: T, signal?: AbortSignal) => Promise<void> }

/** A recurring job: `cron` in UTC, five fields. */
export type Recurring = { cron: string; job: Job<object> }

export const defineJob = <T>(name: string, work: Job<T>['run'], { queue = 'quick' }: { queue?: Queue } = {}): Job<T> => ({ name, queue, run: work })

/**
 * Queues a job in the caller's transaction: it runs if and only if that commits. Tried five times with growing pauses,
 * then it stays in the list of failures.
 * @param options.key the same key replaces a job that has not begun yet
 * @param options.runAt not before this moment
 * @param options.priority among those of its queue that are due the lowest goes first; 0 unless said
 */
export async function enqueue<T extends object>(
  db: Db, job: Pick<Job<T>, 'name'>, payload: T, { key, runAt, priority = 0 }: { key?: string; runAt?: Date; priority?: number } = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(${job.name}, ${JSON.stringify(payload)}::json, max_attempts => 5,
    job_key => ${key ?? null}, run_at => ${runAt?.toISOString() ?? null}, priority => ${priority})`.execute(db)
}

/**
 * Queues a job that looks whether something is wrong and fails while it is: it stands in the list of failures, once under
 * its key, until somebody has seen to it and lets it be tried again.
 */
export async function complain<T extends object>(db: Db, job: Pick<Job<T>, 'name'>, payload: T, key: string): Promise<void> {
  await sql`select graphile_worker.add_job(${job.name}, ${JSON.stringify(payload)}::json, max_attempts => 1, job_key => ${key}, job_key_mode => 'unsafe_dedupe')`
    .execute(db)
}

export const migrateJobs = (pool: Pool) => runMigrations({ pgPool: pool, logger: quiet })

/** Starts the workers, one for each queue that has jobs. */
export async function startJobs(host: Host, jobs: Job[], schedule: Recurring[]): Promise<{ stop: () => Promise<void> }> {
  const all = [...new Set([...jobs, ...schedule.map((item) => item.job)])]
  demandOwnNames(all, 'jobs')
  const crontab = schedule.map(({ cron, job }) => `${cron} ${job.name} ?max=3`).join('\n')
  const queues = Object.keys(QUEUES).filter((queue) => all.some((job) => job.queue === queue)) as Queue[]
  const holders = watchJobHolders(host)
  // One of them looks at the clock for all.
  const runners = await Promise.all(queues.map((queue, i) => work(host, queue, all.filter((job) => job.queue === queue), holders.events, i ? '' : crontab)))
  return {
    stop: async () => {
      await Promise.all(runners.map((runner) => runner.stop()))
      await holders.stop()
    },
  }
}

async function work(host: Host, queue: Queue, jobs: Job[], events: EventEmitter, crontab: string): Promise<Runner> {
  const runner = await run({
    events, pgPool: host.pool, concurrency: QUEUES[queue], noHandleSignals: true, pollInterval: 1000, logger: quiet, crontab,
    taskList: Object.fromEntries(jobs.map((job) => [job.name, (payload: unknown, { abortSignal }) => job.run(host, payload as object, abortSignal)])),
  })
  return runner
}

const quiet = new Logger(() => () => {})

export type Failure = { id: string; job: string; key: string | null; attempts: number; error: string | null; at: string }

/** The dead letters: jobs that failed for good, newest first. */
export async function listFailures(ctx: Ctx, { limit, before, after }: PageQuery): Promise<Page<Failure>> {
  const cursors = cursorsOf(ctx, 'failures')
  const from = cursors.open(before ?? after)
  const { rows } = await sql<Failure & { sorted: string }>`
    select id::text, task_identifier as job, key, attempts, left(last_error, 500) as error, updated_at as at, updated_at::text as sorted
    from graphile_worker.jobs where attempts >= max_attempts and locked_at is null
      ${from ? sql`and (updated_at, id) < (${from[0]}::timestamptz, ${from[1]}::bigint)` : sql``}
    order by updated_at desc, id desc limit ${limit + 1}`.execute(ctx.db)
  return toPage(rows, limit, (row) => cursors.seal(row.sorted, row.id), ({ sorted: _, ...row }) => row)
}

/** How many dead letters there are. */
export async function countFailures(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs where attempts >= max_attempts and locked_at is null`.execute(db)
  return rows[0].n
}

/** Gives a dead letter five more tries. */
export const retryFailure = (db: Db, id: string) =>
  sql`select graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`.execute(db)
