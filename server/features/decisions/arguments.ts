import { enterEntry } from '../../core/entries/commands.ts'
import { findKind } from '../../core/entries/kinds.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import { findEntry, findThreadOf } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { withContent, writeEntry } from '../../core/entries/write.ts'
import { enterSpace } from '../../core/spaces/enter.ts'
import { canReply } from '../../core/spaces/policy.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { argumentWeighed } from './events.ts'
import type { ArgumentInput } from './shapes.ts'

export const keepArgument = async (ctx: Ctx, entry: WrittenEntry, { decision, option, side }: { decision: string; option: string; side: 'for' | 'against' }): Promise<void> =>
  void (await ctx.db.insertInto('decision_arguments').values({ entry_id: entry.id, decision_id: decision, option_id: option, side }).execute())

export const votingClosed = () => conflict('voting_closed', 'This is closed. What is said now changes nothing about it.')

/** Speaks for an option or against it, as a reply to the decision. @throws Refusal 403, 404, 409, 422 */
export async function argue(ctx: Ctx, id: string, { option, side, body, files }: ArgumentInput): Promise<EntryView> {
  const space = await enterSpace(ctx, (await findThreadOf(ctx, id)).space)
  const { decision } = await findEntry(ctx, id)
  if (!decision) throw invalid('not_a_decision', 'There is nothing to be decided here.')
  allow(canReply(ctx.actor, space, space.my), 'You may read here, but not write.')
  if (decision.state !== 'open' || Date.parse(decision.closes_at) <= Date.now()) throw votingClosed()
  if (!decision.options.some((one) => one.id === option)) throw invalid('unknown_option', 'There is no such option.')
  return writeEntry(ctx, withContent({ actor: ctx.actor, space, kind: findKind('argument')!, title: '', body, files, root: id, parent: id, more: { decision: id, option, side } }))
}

/** Finds somebody's argument weighty, or does so no longer. @throws Refusal 403, 404, 422 */
export async function weigh(ctx: Ctx, id: string, isWeighty: boolean): Promise<EntryView> {
  const entry = await enterEntry(ctx, id)
  if (!entry.argument) throw invalid('not_an_argument', 'This is no argument for or against an option.')
  const space = await enterSpace(ctx, entry.space)
  allow(canReply(ctx.actor, space, space.my), 'You may read here, but not write.')
  allow(entry.author !== ctx.actor.id, 'What weight an argument has, others say.', 'own_argument')
  const row = { entry_id: id, person_id: ctx.actor.id }
  const { changed } = isWeighty
    ? { changed: (await ctx.db.insertInto('argument_weights').values(row).onConflict((c) => c.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows }
    : { changed: (await ctx.db.deleteFrom('argument_weights').where('entry_id', '=', id).where('person_id', '=', ctx.actor.id).executeTakeFirst()).numDeletedRows }
  if (!changed) return entry
  await emit(ctx, argumentWeighed, { space_id: entry.space, entry_id: id }, {})
  return findEntry(ctx, id)
}
