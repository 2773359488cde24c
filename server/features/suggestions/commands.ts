import { sql } from 'kysely'
import type { z } from 'zod'
import { visiblePeople } from '../../core/people/queries.ts'
import { isHere, isHuman } from '../../core/people/taking-part.ts'
import { openConversation } from '../../core/spaces/conversations.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx, Role } from '../../kernel/context.ts'
import { isDuplicate } from '../../kernel/db.ts'
import { conflict, invalid, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { introductionAsked, introductionMade } from './events.ts'
import type { DeclineInput, IntroductionInput } from './schema.ts'

/** Never suggests this person or space to the actor again. @throws Refusal 404 */
export async function declineSuggestion(ctx: Ctx, { kind, id }: z.output<typeof DeclineInput>): Promise<void> {
  const known = kind === 'person' ? visiblePeople(ctx).where('people.id', '=', id).select('people.id') : visibleSpaces(ctx).where('spaces.id', '=', id).select('spaces.id')
  if (!(await known.executeTakeFirst())) throw notFound()
  await ctx.db.insertInto('declined_suggestions').values({ person_id: ctx.actor.id, kind, target_id: id }).onConflict((c) => c.doNothing()).execute()
}

/** Takes it back. */
export async function undoDecline(ctx: Ctx, { kind, id }: z.output<typeof DeclineInput>): Promise<void> {
  await ctx.db.deleteFrom('declined_suggestions').where('person_id', '=', ctx.actor.id).where('kind', '=', kind).where('target_id', '=', id).execute()
}

const A_DAY = 5

/** Asks an acquaintance to introduce the actor to somebody. They are asked first, then the other one. */
export async function askForIntroduction(ctx: Ctx, { to, through, note }: z.output<typeof IntroductionInput>): Promise<void> {
  const known = await visiblePeople(ctx).select('people.id').where('people.id', 'in', [to, through]).where(isHere()).where(isHuman()).execute()
  if (known.length !== 2 || [to, through].includes(ctx.actor.id)) throw notFound()
  // One after another, so that several at once are counted, too.
  await sql`select pg_advisory_xact_lock(hashtext('introductions'), hashtext(${ctx.actor.id}))`.execute(ctx.db)
  const { n } = await ctx.db.selectFrom('introductions').select((eb) => eb.fn.countAll<number>().as('n')).where('from_id', '=', ctx.actor.id)
    .where('created_at', '>', new Date(Date.now() - 86_400_000).toISOString()).executeTakeFirstOrThrow()
  if (Number(n) >= A_DAY) throw invalid('too_many_introductions', `One can ask for ${A_DAY} introductions a day. Try again tomorrow.`)
  const id = newId()
  try {
    await ctx.db.insertInto('introductions').values({ id, from_id: ctx.actor.id, through_id: through, to_id: to, note, space_id: null }).execute()
  } catch (error) {
    throw isDuplicate(error, 'introductions_once') ? conflict('introduction_asked', 'You have asked for this already.') : error
  }
  await emit(ctx, introductionAsked, { person_id: through }, { introduction: id })
}

/**
 * Says yes or no to an introduction that waits for the actor. After the second yes the three meet in a conversation; a no
 * ends it without a word to anybody.
 */
export async function answerIntroduction(ctx: Ctx, id: string, isYes: boolean) {
  const row = await ctx.db.selectFrom('introductions').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  const isMine = row && ((row.state === 'asked' && row.through_id === ctx.actor.id) || (row.state === 'passed_on' && row.to_id === ctx.actor.id))
  if (!isMine) throw notFound()
  const state = !isYes ? 'over' as const : row.state === 'asked' ? 'passed_on' as const : 'met' as const
  const space = state === 'met' ? await meet(ctx, row) : null
  await ctx.db.updateTable('introductions').set({ state, space_id: space }).where('id', '=', id).execute()
  if (state === 'passed_on') await emit(ctx, introductionAsked, { person_id: row.to_id }, { introduction: id })
  if (space) for (const person_id of [row.from_id, row.through_id]) await emit(ctx, introductionMade, { person_id }, { introduction: id, space })
  return { state, space }
}

/** What came of the actor's yes or no, as far as it tells nothing of another's no. @throws Refusal 404 */
export async function findAnswered(ctx: Ctx, id: string, isYes: boolean) {
  const row = await ctx.db.selectFrom('introductions').select(['state', 'space_id as space']).where('id', '=', id)
    .where((eb) => eb.or([eb('through_id', '=', ctx.actor.id), eb('to_id', '=', ctx.actor.id)])).executeTakeFirstOrThrow(notFound)
  if (!isYes) return { state: 'over' as const, space: null }
  return row.state === 'met' ? row : { state: 'passed_on' as const, space: null }
}

// Opened in the name of the acquaintance, who knows both of them.
async function meet(ctx: Ctx, row: { from_id: string; through_id: string; to_id: string }): Promise<string> {
  const through = await ctx.db.selectFrom('people').select(['id', 'role']).where('id', '=', row.through_id).executeTakeFirstOrThrow()
  const space = await openConversation({ ...ctx, actor: { id: through.id, role: through.role as Role, session: null } }, [row.from_id, row.to_id])
  return space.id
}
