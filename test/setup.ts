import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../server/kernel/postgres.ts'
import { startNats } from './nats.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string
  }
}

/**
 * One PostgreSQL for the whole run, in a folder of its own, and a NATS server where there is one. Tests find an address with the right to create databases
 * in FOLKMOOT_TEST_PG (and as `inject('postgres')`); set beforehand, that server is used instead.
 */
export default async function setup(project: TestProject) {
  const nats = await startNats()
  if (nats) process.env.FOLKMOOT_TEST_NATS = nats.url
  const given = process.env.FOLKMOOT_TEST_PG
  if (given) {
    project.provide('postgres', given)
    return nats?.stop
  }
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-test-'))
  // Tests that pull the plug open a database of their own, with every commit on disk.
  const postgres = await openPostgres({ dir, settings: { synchronous_commit: false, max_connections: 300 } })
  process.env.FOLKMOOT_TEST_PG = postgres.url
  project.provide('postgres', postgres.url)
  return async () => {
    await nats?.stop()
    await postgres.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
