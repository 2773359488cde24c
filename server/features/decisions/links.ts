import type { EachWriteHook } from '../../core/entries/hooks.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict } from '../../kernel/errors.ts'

const LINK = /(?:\/e\/|[?&]thread=)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gi
const MOST_LINKS = 50

/**
 * Notes which decisions an entry leads to, so that its author hears when one of them holds no longer; only those that they may read. And what
 * people took a position on says what it said then.
 */
export const keepLinks: EachWriteHook = async (ctx, { entry: { id, kind, body }, isNew }) => {
  if (!isNew) {
    if (kind === 'decision') await demandUntouched(ctx, id)
    await ctx.db.deleteFrom('decision_links').where('entry_id', '=', id).execute()
  }
  const named = [...new Set([...body.matchAll(LINK)].map(([, found]) => found.toLowerCase()))].filter((one) => one !== id).slice(0, MOST_LINKS)
  if (!named.length) return false
  const found = await visibleEntries(ctx).where('entries.id', 'in', named).where('entries.kind', '=', 'decision').where('entries.state', '=', 'published').select('entries.id').execute()
  if (found.length) await ctx.db.insertInto('decision_links').values(found.map((decision) => ({ entry_id: id, decision_id: decision.id }))).execute()
  return false
}

async function demandUntouched(ctx: Ctx, id: string): Promise<void> {
  const row = await ctx.db.selectFrom('decisions as d').where('d.entry_id', '=', id).select((eb) => ['d.state',
    eb.exists(eb.selectFrom('decision_positions as p').whereRef('p.entry_id', '=', 'd.entry_id').where('p.choice', 'is not', null).select('p.entry_id')).as('touched')]).executeTakeFirst()
  if (row && (row.touched || row.state !== 'open')) throw positionsTaken()
}

export const positionsTaken = () => conflict('positions_taken', 'Somebody has taken a position on this as it is. What is to be decided does not change any more; propose a new decision.')
