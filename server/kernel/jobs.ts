import { type Runner, run, runMigrations, Logger } from 'graphile-worker'
import { sql } from 'kysely'
import type { Db, Pool } from './db.ts'
import type { Host } from './context.ts'
import { watchJobHolders } from './job-holders.ts'

/** Work outside a request: mails, retries, cleaning. `name` is a kebab sentence: 'send-letter'; `signal` says that the server stops. */
export type Job<T = any> = { name: string; run: (host: Host, payload: T, signal?: AbortSignal) => Promise<void> }

/** A recurring job: `cron` in UTC, five fields. */
export type Recurring = { cron: string; job: Job<object> }

export const defineJob = <T>(name: string, work: Job<T>['run']): Job<T> => ({ name, run: work })

/**
 * Queues a job in the caller's transaction: it runs if and only if that commits. Tried five times with growing pauses,
 * then it stays in the list of failures.
 * @param key the same key replaces a job that has not begun yet
 */
export async function enqueue<T extends object>(db: Db, job: Pick<Job<T>, 'name'>, payload: T, key?: string): Promise<void> {
  await sql`select graphile_worker.add_job(${job.name}, ${JSON.stringify(payload)}::json, max_attempts => 5, job_key => ${key ?? null})`
    .execute(db)
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

/** Starts the worker; two jobs at a time leave room for requests. */
export async function startJobs(host: Host, jobs: Job[], schedule: Recurring[]): Promise<{ stop: () => Promise<void> }> {
  const all = [...jobs, ...schedule.map((item) => item.job)]
  const holders = watchJobHolders(host)
  const runner: Runner = await run({
    events: holders.events, pgPool: host.pool, concurrency: 2, noHandleSignals: true, pollInterval: 1000, logger: quiet,
    taskList: Object.fromEntries(all.map((job) => [job.name, (payload: unknown, { abortSignal }) => job.run(host, payload as object, abortSignal)])),
    crontab: schedule.map(({ cron, job }) => `${cron} ${job.name} ?max=3`).join('\n'),
  })
  runner.events.on('job:error', ({ job, error }) =>
    host.log.warn({ job: job.task_identifier, attempt: job.attempts, err: error }, 'job failed'))
  return { stop: async () => (await runner.stop(), await holders.stop()) }
}

const quiet = new Logger(() => () => {})

export type Failure = { id: string; job: string; key: string | null; attempts: number; error: string | null; at: string }

/** The dead letters: jobs that failed for good, newest first. */
export async function listFailures(db: Db, limit = 100): Promise<Failure[]> {
  const { rows } = await sql<Failure>`
    select id::text, task_identifier as job, key, attempts, left(last_error, 500) as error, updated_at as at
    from graphile_worker.jobs where attempts >= max_attempts and locked_at is null
    order by updated_at desc limit ${limit}`.execute(db)
  return rows
}

/** How many dead letters there are. */
export async function countFailures(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs where attempts >= max_attempts and locked_at is null`.execute(db)
  return rows[0].n
}

/** Gives a dead letter five more tries. */
export const retryFailure = (db: Db, id: string) =>
  sql`select graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`.execute(db)
