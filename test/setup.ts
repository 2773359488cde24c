import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../server/kernel/postgres.ts'
import { findLeaks } from './canaries.ts'
import { startNats } from './nats.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string
  }
}

/**
 * One PostgreSQL for the whole run, in a folder of its own, and a NATS server where there is one. Tests find an address with the right to create databases
 * in FOLKMOOT_TEST_PG (and as `inject('postgres')`); set beforehand, that server is used instead.
 * All logs of the run are gathered in FOLKMOOT_TEST_LOGS, and at its end no secret and no word of anybody may stand there.
 */
export default async function setup(project: TestProject) {
  const logs = (process.env.FOLKMOOT_TEST_LOGS = mkdtempSync(join(tmpdir(), 'folkmoot-logs-')))
  const nats = await startNats()
  if (nats) process.env.FOLKMOOT_TEST_NATS = nats.url
  const closePostgres = await providePostgres(project, logs)
  return async () => {
    await nats?.stop()
    await closePostgres()
    refuseLeaks(logs)
  }
}

async function providePostgres(project: TestProject, logs: string): Promise<() => Promise<void>> {
  const given = process.env.FOLKMOOT_TEST_PG
  if (given) {
    project.provide('postgres', given)
    return async () => {}
  }
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-test-'))
  // Tests that pull the plug open a database of their own, with every commit on disk.
  const postgres = await openPostgres({ dir, settings: { synchronous_commit: false, max_connections: 300 } })
  process.env.FOLKMOOT_TEST_PG = postgres.url
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.close()
    keepPostgresLog(dir, logs)
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Takes the log of the PostgreSQL in `home` along before its folder is removed. */
export function keepPostgresLog(home: string, logs = process.env.FOLKMOOT_TEST_LOGS): void {
  const log = join(home, 'log')
  if (logs && existsSync(log)) cpSync(log, mkdtempSync(join(logs, 'postgres-')), { recursive: true })
}

/** @throws Error when a log holds what it must not; the logs then stay. */
function refuseLeaks(logs: string): void {
  const leaks = findLeaks(logs)
  const said = new Set(leaks.map(({ kind, file, line }) => `  ${kind} in ${file}: ${line.slice(0, 1000)}`))
  if (said.size) throw new Error(`The logs in ${logs} hold what belongs in no log:\n${[...said].slice(0, 50).join('\n')}`)
  rmSync(logs, { recursive: true, force: true })
}
