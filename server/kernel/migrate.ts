import { Migrator } from 'kysely/migration'
import type { RootDb } from './db.ts'
import type { Step } from './schema.ts'

/**
 * Brings the schema up to date; forward only, each step once, guarded by a lock so that two starts do not collide.
 * @param lists the steps of every feature; their names ("0002-people") give the order
 * @param only takes no other steps than these: the schema of an older version
 * @throws Error naming the step that failed
 */
export async function migrate(db: RootDb, lists: Record<string, Step>[], only?: string[]): Promise<string[]> {
  const steps = Object.assign({}, ...lists) as Record<string, Step>
  const count = lists.reduce((sum, list) => sum + Object.keys(list).length, 0)
  if (Object.keys(steps).length !== count) throw new Error('Two migrations share a name.')
  const migrator = new Migrator({
    db, allowUnorderedMigrations: true,
    provider: { getMigrations: async () => Object.fromEntries(Object.entries(steps).filter(([name]) => !only || only.includes(name)).map(([name, { up }]) => [name, { up: async (d) => void (await up(d)) }])) },
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    const failed = results?.find((r) => r.status === 'Error')?.migrationName
    throw new Error(`The schema step ${failed ?? ''} failed; the database is as it was before. ${(error as Error).message}`, { cause: error })
  }
  return results?.map((r) => r.migrationName) ?? []
}
