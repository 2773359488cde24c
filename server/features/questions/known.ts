import { type RawBuilder, sql } from 'kysely'
import type { Viewer } from '../../core/entries/parts.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import { ZERO_ID } from '../../kernel/ids.ts'

/** Whether a question, `q` in the query, is a duplicate of one that its reader may read as well. */
export const isKnownDuplicate = (viewer: Viewer, entry: string): RawBuilder<boolean> => sql<boolean>`(q.duplicate_of is not null and exists (
  -- visible: the reader's own right to the other one is what is asked
  select from entries o join spaces os on os.id = o.space_id where o.id = q.duplicate_of and (o.space_id = ${sql.ref(`${entry}.space_id`)}
    or ${mayReadAs({ id: sql`${viewer.id ?? ZERO_ID}::uuid`, guest: viewer.role === 'guest' ? sql`true` : sql`false` }, 'os')})))`
