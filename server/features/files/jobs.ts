import { sql } from 'kysely'
import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { isFree } from './attach.ts'
import { BACKUP_LOCK } from './backup.ts'
import { lockStore } from './commands.ts'
import { clearIncoming, listContents, removeContent } from './store.ts'

const DAY = 86_400_000

// What belongs to something begun, or to be sent later, waits with it.
const isUnused = sql<boolean>`(${isFree} and not exists (select from drafts d where d.files @> array[files.id])
  and not exists (select from scheduled s where s.files @> array[files.id]))`

/** Forgets uploads that nothing came to show within a day, and all contents that no row refers to any more. */
export const sweepFiles = defineJob<object>('sweep-files', async (host) => {
  await forgetUnused(host)
  await sweepStore(host)
  await clearIncoming(host.config.data, Date.now() - DAY)
}, { queue: 'heavy' })

async function forgetUnused(host: Host): Promise<void> {
  await inTransaction(host, SYSTEM, async ({ db }) => {
    const old = await db.selectFrom('files').select('id').where('state', '=', 'stored').where(isUnused)
      .where('created_at', '<', sql<string>`now() - interval '24 hours'`).forUpdate().skipLocked().execute()
    // Asked again now that the rows are locked: one may have been attached while we waited.
    if (old.length) await db.deleteFrom('files').where('id', 'in', old.map((row) => row.id)).where(isUnused).execute()
  })
}

async function sweepStore(host: Host): Promise<void> {
  for await (const contents of listContents(host.config)) {
    await inTransaction(host, SYSTEM, async ({ db }) => {
      // A backup is being made: what it is about to copy stays. The next time will do.
      const { rows: [free] } = await sql<{ is_free: boolean }>`select pg_try_advisory_xact_lock(${sql.raw(BACKUP_LOCK)}) as is_free`.execute(db)
      if (!free.is_free) return
      await lockStore(db, 'alone')
      const { rows } = await sql<{ sha256: Buffer }>`
        select c.sha256 from unnest(${contents}::bytea[]) c(sha256)
        where not exists (select from files f where f.sha256 = c.sha256)
          and not exists (select from files f where f.thumbnail_sha256 = c.sha256)`.execute(db)
      for (const { sha256 } of rows) await removeContent(host.config, sha256)
    })
  }
}
