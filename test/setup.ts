import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../server/kernel/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string
  }
}

/**
 * One PostgreSQL for the whole run, in a folder of its own. Tests find an address with the right to create databases
 * in FOLKMOOT_TEST_PG (and as `inject('postgres')`); set beforehand, that server is used instead.
 */
export default async function setup(project: TestProject) {
  const given = process.env.FOLKMOOT_TEST_PG
  if (given) return project.provide('postgres', given)
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-test-'))
  // Tests that pull the plug open a database of their own, with every commit on disk.
  const postgres = await openPostgres({ dir, settings: { synchronous_commit: false } })
  process.env.FOLKMOOT_TEST_PG = postgres.url
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
