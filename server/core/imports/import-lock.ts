import pg from 'pg'
import type { Host } from '../../kernel/context.ts'
import { conflict } from '../../kernel/errors.ts'

// Any constant will do; it names the lock "I import into this database".
const importLock = 7_106_222

/**
 * Runs an import while no other one runs on this database, here or in another process. The lock is held by a connection
 * of its own, so that it ends with the process, however that ends, and never holds up closing the pool.
 * @throws Refusal 409 `import_running`
 */
export async function withImportLock<T>(host: Host, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client(host.pool.options)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [importLock])
    if (!rows[0].ours)
      throw conflict('import_running', 'Another import is running. Wait until it is done, then try again.')
    return await work()
  } finally {
    await client.end().catch(() => {})
  }
}
