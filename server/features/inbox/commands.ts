import { sql } from 'kysely'
import type { InboxPort } from '../../core/reads/commands.ts'

/**
 * Marks what lies below a reading position that moved, so that counting looks at the rest only; and takes the mark from what
 * lies above. What was told of an entry later is passed by whoever was there again since then, and stays so.
 */
export const passBy: InboxPort['moved'] = async (ctx, { space, root, read_to }) => {
  const isPassed = sql<boolean>`entry_id <= ${read_to} or (passed and moment <> entry_id)`
  const mine = ctx.db.updateTable('notifications').where('person_id', '=', ctx.actor.id)
  if (root) await mine.set({ passed: isPassed }).where('root_id', '=', root).where('passed', 'is distinct from', isPassed).execute()
  else await mine.set({ passed: true }).where('space_id', '=', space).where('passed', '=', false).where('entry_id', '<=', read_to).execute()
}
