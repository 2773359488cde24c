import type { z } from 'zod'
import { edit, enterEntry } from '../../core/entries/commands.ts'
import { findKind } from '../../core/entries/kinds.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { entryCorrected } from './events.ts'
import { canCorrect, canReinstate, isSame, MOST_CORRECTIONS, type What } from './policy.ts'
import type { CorrectionInput } from './schema.ts'

/** An entry that the actor may correct, and which nobody else changes meanwhile. @throws Refusal 403, 404, 409, 422 */
async function enterCorrectable(ctx: Ctx, id: string) {
  const entry = await enterEntry(ctx, id)
  const space = await findReadableSpace(ctx, entry.space)
  if (entry.state !== 'published') throw invalid('entry_removed', 'This was removed, so there is nothing to correct. Its author can bring it back for a day.')
  if (!findKind(entry.kind)?.spoken) throw invalid('not_to_be_corrected', 'This says what happened; nobody wrote it who could correct it.')
  allow(space.state === 'active', 'This space is archived: it can be read, but nobody writes in it.', 'archived')
  allow(canCorrect(ctx.actor, entry, space), 'Only its author or a host of the space may correct this. Answer it instead.', 'correctors_only')
  return { entry, space }
}

/**
 * Says what in an entry was wrong, and what is right; its author may change its words with that. Whoever has met it is told once.
 * @throws Refusal 409 where it is taken back, 422 where nothing would be different
 */
export async function correct(ctx: Ctx, id: string, { wrong, right, ...words }: z.output<typeof CorrectionInput>): Promise<EntryView> {
  const { entry } = await enterCorrectable(ctx, id)
  if (entry.corrected?.retracted) throw conflict('retracted', 'This is taken back as a whole. Say first that it stands after all, or write anew.')
  if (isSame(wrong, right)) throw invalid('nothing_changed', 'What was wrong and what is right are the same. Say what is different.')
  if (words.title === undefined && words.body === undefined) return keep(ctx, entry, 'correction', wrong, right)
  allow(entry.author === ctx.actor.id, 'Only its author changes its words. Leave `body` and `title` out: the correction stands above them.', 'authors_only')
  if ((words.title ?? entry.title) === entry.title && (words.body ?? entry.body) === entry.body)
    throw invalid('nothing_changed', 'These are the words that stand there. Change them, or leave `body` and `title` out.')
  await edit(ctx, id, words)
  return keep(ctx, entry, 'correction', wrong, right, await newestVersion(ctx, id))
}

/** Takes all of an entry back; it stays where it is, and says so. @throws Refusal 409 where it is taken back already */
export async function retract(ctx: Ctx, id: string, reason: string): Promise<EntryView> {
  const { entry } = await enterCorrectable(ctx, id)
  if (entry.corrected?.retracted) throw conflict('retracted', 'This is taken back already.')
  return keep(ctx, entry, 'retraction', '', reason)
}

/** Says that an entry which was taken back stands after all. @throws Refusal 403 for who did not take it back */
export async function reinstate(ctx: Ctx, id: string): Promise<EntryView> {
  const { entry, space } = await enterCorrectable(ctx, id)
  if (!entry.corrected?.retracted) return entry
  const { by_id } = await ctx.db.selectFrom('corrections').select('by_id').where('entry_id', '=', id).orderBy('n', 'desc').limit(1).executeTakeFirstOrThrow()
  allow(canReinstate(ctx.actor, entry, space, by_id), 'Only who took it back may say that it stands after all.', 'retractors_only')
  return keep(ctx, entry, 'reinstatement', '', '')
}

async function keep(ctx: Ctx, { id, space, corrected }: EntryView, what: What, wrong: string, correct: string, version: number | null = null): Promise<EntryView> {
  const n = (corrected?.count ?? 0) + 1
  // It can always be taken back and put right again, so that nobody's corrections keep others from that.
  if (n > MOST_CORRECTIONS && what === 'correction') throw invalid('too_many_corrections', `This was corrected ${MOST_CORRECTIONS} times. Take it back, and write it anew.`)
  await ctx.db.insertInto('corrections').values({ entry_id: id, n, what, by_id: ctx.actor.id, wrong: wrong.toWellFormed(), correct: correct.toWellFormed(), version }).execute()
  await emit(ctx, entryCorrected, { space_id: space, entry_id: id }, { what })
  return findEntry(ctx, id)
}

const newestVersion = async (ctx: Ctx, id: string): Promise<number> =>
  (await ctx.db.selectFrom('entry_versions').select('version').where('entry_id', '=', id).orderBy('version', 'desc').limit(1).executeTakeFirstOrThrow()).version // not content: its number
