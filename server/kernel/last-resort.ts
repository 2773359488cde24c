import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway } from './db.ts'
import type { Log } from './log.ts'

/** The exit code that says "start me again": something that nobody had thought of went wrong. */
export const CRASHED = 70

const DRAIN_MS = 1000

async function exitAfter(drain: () => Promise<unknown>): Promise<never> {
  try {
    await Promise.race([drain(), sleep(DRAIN_MS)])
  } finally {
    process.exit(CRASHED)
  }
}

/**
 * What happens when an error reaches nobody: it is logged, whatever is under way is finished as far as possible, and the
 * process ends with CRASHED, for nobody knows any more what state it is in. Whoever started it starts it again. That the
 * database is away is known, and nothing was done: graphile-worker waits for no answer when it says that a job has ended.
 */
export function onLastResort(log: Log, drain: () => Promise<unknown>): void {
  let isEnding = false
  const end = (error: unknown) => {
    log.fatal({ err: error }, 'an error that nobody dealt with: ending, to be started again')
    if (isEnding) return
    isEnding = true
    void exitAfter(drain)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', (error) => (isDatabaseAway(error) ? log.warn({ err: error }, 'the database is away; nobody waits for this') : end(error)))
}
