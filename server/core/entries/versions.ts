import { sql } from 'kysely'
import type { Shared } from '../../kernel/context.ts'

/**
 * Keeps the words that entries have in their history, before they get others or none.
 * @param editor who changes them; each entry's author unless said
 */
export const keepVersions = ({ db }: Pick<Shared, 'db'>, ids: string[], editor: string | null = null) => sql`
  insert into entry_versions (entry_id, version, title, body, editor_id, created_at)
  select e.id, 1 + coalesce((select max(version) from entry_versions v where v.entry_id = e.id), 0), e.title, e.body,
    coalesce(${editor}::uuid, e.author_id), coalesce(e.edited_at, e.created_at)
  from entries e where e.id = any (${ids}::uuid[])`.execute(db)
