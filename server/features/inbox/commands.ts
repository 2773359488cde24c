import { sql } from 'kysely'
import type { InboxPort } from '../../core/reads/commands.ts'

/** Marks what lies below a reading position that moved, so that counting looks at the rest only; and takes the mark from what lies above. */
export const passBy: InboxPort['moved'] = async (ctx, { space, root, read_to }) => {
  const isPassed = sql<boolean>`entry_id <= ${read_to}`
  const mine = ctx.db.updateTable('notifications').where('person_id', '=', ctx.actor.id)
  if (root) await mine.set({ passed: isPassed }).where('root_id', '=', root).where('passed', 'is distinct from', isPassed).execute()
  else await mine.set({ passed: true }).where('space_id', '=', space).where('passed', '=', false).where(isPassed).execute()
}
