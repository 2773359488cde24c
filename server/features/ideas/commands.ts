import { sql } from 'kysely'
import type { z } from 'zod'
import { findKind } from '../../core/entries/kinds.ts'
import { findEntry, findThreadOf } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { writeEntry } from '../../core/entries/write.ts'
import { type EnteredSpace, enterSpace } from '../../core/spaces/enter.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { countReaders } from '../../core/spaces/readers.ts'
import type { SpaceView } from '../../core/spaces/schema.ts'
import { tellWaiting } from '../../core/waiting/commands.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { ideaChanged, ideaJudged, ideaRecounted, ideaSupported } from './events.ts'
import type { StepInput, VerdictInput } from './input.ts'
import { ASKING } from './jobs.ts'
import { canCarry, canMove, canSupport, canUnmerge, isEnd, isFresh, isOpen, missing, nextStages } from './policy.ts'
import { findVoices } from './queries.ts'
import type { IdeaFacts } from './schema.ts'

type Entered = { entry: EntryView; idea: IdeaFacts; space: SpaceView; room: EnteredSpace }

/** An idea that nobody else changes meanwhile. */
async function enterIdea(ctx: Ctx, id: string): Promise<Entered> {
  const room = await enterSpace(ctx, (await findThreadOf(ctx, id)).space)
  const entry = await findEntry(ctx, id)
  if (!entry.idea || entry.state !== 'published') throw invalid('not_an_idea', 'This is no idea, or it is gone.')
  return { entry, idea: entry.idea, space: await findReadableSpace(ctx, entry.space), room }
}

const over = () => conflict('idea_over', 'This idea was decided or merged into another. Hosts can take it up again.')

/** Gives an idea one of the actor's voices. */
export async function support(ctx: Ctx, id: string): Promise<EntryView> {
  const { entry, idea, space } = await enterIdea(ctx, id)
  allow(canSupport(ctx.actor, entry, space), 'Only who may write in the space supports what is proposed there.')
  if (idea.supported) return entry
  if (!isOpen(entry)) throw over()
  if ((await findVoices(ctx, entry.space)).left <= 0) throw conflict('no_voices_left', 'All your voices in this space are given. Take one back, or wait until an idea is decided.')
  await ctx.db.insertInto('idea_supports').values({ idea_id: id, person_id: ctx.actor.id, via: null }).execute()
  return supported(ctx, entry, true)
}

/** Takes it back, as long as the idea is not decided. */
export async function unsupport(ctx: Ctx, id: string): Promise<EntryView> {
  const { entry, idea, space } = await enterIdea(ctx, id)
  allow(canSupport(ctx.actor, entry, space), 'Only who may write in the space supports what is proposed there.')
  if (!idea.supported) return entry
  if (!isOpen(entry)) throw over()
  await ctx.db.deleteFrom('idea_supports').where('idea_id', '=', id).where('person_id', '=', ctx.actor.id).execute()
  return supported(ctx, entry, false)
}

async function supported(ctx: Ctx, { id, space }: EntryView, on: boolean): Promise<EntryView> {
  await countSupport(ctx, [id])
  await emit(ctx, ideaSupported, { space_id: space, entry_id: id }, { on })
  return findEntry(ctx, id)
}

const countSupport = (ctx: Ctx, ids: string[]) => ctx.db.updateTable('ideas').where('entry_id', 'in', ids)
  .set({ support: sql`(select count(*) from idea_supports su where su.idea_id = ideas.entry_id)` }).execute()

type Row = Omit<Tables['idea_steps'], 'entry_id' | 'idea_id'>
const NONE: Omit<Row, 'what'> = { before: null, stage: null, measured: '', until: null, other_id: null, worked: null }

/** Writes a step into the thread of its idea, where it stays with its words, its moment and who took it. */
const writeStep = (ctx: Ctx, { entry, room }: Entered, row: Partial<Row> & Pick<Row, 'what'>, words = ''): Promise<EntryView> => writeEntry(ctx, {
  space: room, kind: findKind('idea_step')!, title: '', body: words, files: [], root: entry.id, parent: entry.id, more: { step: { ...NONE, ...row, idea_id: entry.id } },
})

const changed = (ctx: Ctx, { id, space }: EntryView) => emit(ctx, ideaChanged, { space_id: space, entry_id: id }, {})

const WHY: Record<string, string> = {
  refusal_needs_reason: 'Whoever declines an idea says why.',
  reopening_needs_reason: 'Say why what was decided is taken up again.',
  trial_needs_measure: 'A trial says what will be measured, and by when.',
  trial_needs_result: 'A trial ends with what was measured.',
}
const YEARS = 5 * 366 * 86_400_000

/** Takes an idea to another stage, with a reason. */
export async function move(ctx: Ctx, id: string, { stage, from, reason, measured, until, ask_in_months }: z.output<typeof StepInput>): Promise<EntryView> {
  const entered = await enterIdea(ctx, id)
  const { entry, idea, space } = entered
  allow(canMove(ctx.actor, entry, stage, space), 'Who carries an idea on takes its first steps; hosts adopt and decline it.', isEnd(stage) || isEnd(idea.stage) ? 'hosts_decide' : 'carriers_only')
  if (idea.merged_into) throw over()
  if ((from && from !== idea.stage) || stage === idea.stage) throw conflict('stage_changed', 'Somebody else took this idea on meanwhile. Look where it stands now.')
  if (!nextStages(idea.stage).includes(stage)) throw over()
  const code = missing(idea.stage, stage, { reason, measured, until })
  if (code) throw invalid(code, WHY[code])
  if (stage === 'trial') demandAhead(until!)
  const asksAt = stage === 'adopted' ? inMonths(ask_in_months) : null
  const step = await writeStep(ctx, entered, { what: 'stage', before: idea.stage, stage, measured, until: stage === 'trial' ? until : null }, reason)
  await ctx.db.updateTable('ideas').set({ stage, since: step.created_at, ask_at: asksAt?.toISOString() ?? null }).where('entry_id', '=', id).execute()
  if (asksAt) await enqueue(ctx.db, ASKING, { idea: id }, { key: `ask about ${id}`, runAt: asksAt })
  await changed(ctx, entry)
  return findEntry(ctx, id)
}

function demandAhead(until: string): void {
  const ahead = Date.parse(`${until}T23:59:59Z`) - Date.now()
  if (ahead < -86_400_000 || ahead > YEARS) throw invalid('until_not_ahead', 'A trial ends on a day of the next five years.')
}

function inMonths(n: number): Date {
  const at = new Date()
  at.setUTCMonth(at.getUTCMonth() + n)
  return at
}

/** Merges an idea into another one of its space: voices go along, replies stay where they are. */
export async function merge(ctx: Ctx, id: string, into: string): Promise<EntryView> {
  const entered = await enterIdea(ctx, id)
  const { entry, idea, space } = entered
  allow(canCarry(ctx.actor, entry, space), 'Who carries an idea on and hosts merge it.', 'carriers_only')
  const other = await findEntry(ctx, into)
  if (!other.idea || other.state !== 'published' || into === id) throw invalid('not_an_idea', 'An idea is merged into another one that is there.')
  if (other.space !== entry.space) throw invalid('said_elsewhere', 'Ideas of one space are merged, for the same readers.')
  if (idea.merged_into === into) return entry
  if (!isOpen(entry) || !isOpen(other)) throw over()
  await ctx.db.insertInto('idea_supports').columns(['idea_id', 'person_id', 'via'])
    .expression(sql`select ${into}::uuid, su.person_id, ${id}::uuid from idea_supports su where su.idea_id = ${id}` as never).onConflict((c) => c.doNothing()).execute()
  const step = await writeStep(ctx, entered, { what: 'merged', other_id: into })
  await ctx.db.updateTable('ideas').set({ merged_into: into, merged_at: step.created_at, offered_to: null, offered_at: null }).where('entry_id', '=', id).execute()
  return recounted(ctx, entry, into)
}

/** Takes that apart again, for a day: the voices that came along go back. */
export async function unmerge(ctx: Ctx, id: string): Promise<EntryView> {
  const entered = await enterIdea(ctx, id)
  const { entry, idea: { merged_into, merged_at }, space } = entered
  allow(space.my.may_manage && space.state === 'active', 'Hosts of the space take merged ideas apart.', 'hosts_only')
  if (!merged_into || !canUnmerge(entry, space)) return entry
  if (!isFresh(merged_at!)) throw conflict('too_late_to_undo', 'This was merged more than a day ago.')
  await ctx.db.deleteFrom('idea_supports').where('idea_id', '=', merged_into).where('via', '=', id).execute()
  await ctx.db.updateTable('ideas').set({ merged_into: null, merged_at: null }).where('entry_id', '=', id).execute()
  await writeStep(ctx, entered, { what: 'unmerged', other_id: merged_into })
  return recounted(ctx, entry, merged_into)
}

async function recounted(ctx: Ctx, { id, space }: EntryView, other: string): Promise<EntryView> {
  await countSupport(ctx, [id, other])
  for (const entry_id of [id, other]) await emit(ctx, ideaRecounted, { space_id: space, entry_id }, {})
  return findEntry(ctx, id)
}

/** Asks somebody who reads the space to carry an idea on; it is theirs when they take it. */
export async function offer(ctx: Ctx, id: string, person: string): Promise<EntryView> {
  const { entry, idea, space } = await enterIdea(ctx, id)
  allow(canCarry(ctx.actor, entry, space), 'Who carries an idea on and hosts hand it over.', 'carriers_only')
  if (idea.merged_into || idea.stage === 'declined') throw over()
  if (!(await countReaders(ctx, space.id, [person])) || person === idea.owner.id) throw invalid('cannot_carry', 'An idea is handed over to somebody else who can read it.')
  return offered(ctx, entry, person)
}

/** Takes that back; whoever was asked says no by it. */
export async function withdrawOffer(ctx: Ctx, id: string): Promise<EntryView> {
  const { entry, space } = await enterIdea(ctx, id)
  const asked = await askedOf(ctx, id)
  allow(space.state === 'active' && (asked === ctx.actor.id || canCarry(ctx.actor, entry, space)), 'Who carries an idea on and hosts hand it over.', 'carriers_only')
  return asked ? offered(ctx, entry, null) : entry
}

const askedOf = async (ctx: Ctx, id: string) => (await ctx.db.selectFrom('ideas').select('offered_to').where('entry_id', '=', id).executeTakeFirstOrThrow()).offered_to

async function offered(ctx: Ctx, entry: EntryView, person: string | null): Promise<EntryView> {
  const before = await askedOf(ctx, entry.id)
  await ctx.db.updateTable('ideas').set({ offered_to: person, offered_at: person && sql<string>`now()` }).where('entry_id', '=', entry.id).execute()
  await tellWaiting(ctx, [before, person].filter((one) => one !== null))
  await changed(ctx, entry)
  return findEntry(ctx, entry.id)
}

/** Carries an idea on that was offered to the actor. */
export async function take(ctx: Ctx, id: string): Promise<EntryView> {
  const entered = await enterIdea(ctx, id)
  const { entry, idea, space } = entered
  if (idea.owner.id === ctx.actor.id) return entry
  allow((await askedOf(ctx, id)) === ctx.actor.id && space.state === 'active', 'An idea is carried on by whom it was offered to.', 'not_offered')
  await ctx.db.updateTable('ideas').set({ owner_id: ctx.actor.id, offered_to: null, offered_at: null }).where('entry_id', '=', id).execute()
  await writeStep(ctx, entered, { what: 'owner' })
  await tellWaiting(ctx, [ctx.actor.id])
  await changed(ctx, entry)
  return findEntry(ctx, id)
}

/** Says whether an idea worked, some months after it was adopted; each of those it is asked of once. */
export async function judge(ctx: Ctx, id: string, { worked, words }: z.output<typeof VerdictInput>): Promise<EntryView> {
  const entered = await enterIdea(ctx, id)
  const { entry, idea, space } = entered
  allow(space.state === 'active' && (idea.supported || [idea.owner.id, entry.author].includes(ctx.actor.id)), 'Those who proposed, supported or carried on an idea say whether it worked.', 'supporters_only')
  if (!idea.ask_at || Date.parse(idea.ask_at) > Date.now()) throw conflict('not_asked_yet', 'Whether it worked is asked some months after it was adopted.')
  if (idea.judged) throw conflict('judged_already', 'You have said whether it worked.')
  await writeStep(ctx, entered, { what: 'worked', worked }, words)
  await tellWaiting(ctx, [ctx.actor.id])
  await emit(ctx, ideaJudged, { space_id: entry.space, entry_id: id }, { worked })
  return findEntry(ctx, id)
}
