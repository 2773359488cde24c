import { sql } from 'kysely'
import { findOwnFiles } from '../../core/entries/hooks.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, invalid, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { draftRemoved, draftSaved } from './events.ts'
import { type DraftInput, type DraftState, MOST_BESIDE, MOST_PLACES } from './schema.ts'

type Words = Pick<DraftInput, 'title' | 'body' | 'files'>

/**
 * Keeps what was begun at a place. The last one to write wins; what another device had saved meanwhile, and `version`
 * shows that this one has not seen, is kept beside it.
 * @throws Refusal 404 for a place that may not be read, 409 when too much is kept beside, 422
 */
export async function saveDraft(ctx: Ctx, place: string, { version, space, kind, ...words }: DraftInput): Promise<DraftState> {
  if (!words.title && !words.body.trim() && !words.files.length) throw invalid('empty_draft', 'There is nothing in it. Remove the draft instead.')
  const where = await findPlace(ctx, place, space)
  const own = await findOwnFiles(ctx, words.files)
  if (own.length !== new Set(words.files).size) throw invalid('not_your_file', 'A draft keeps files that you uploaded yourself.')
  // What was sent while this was on its way belongs to what was sent.
  const files = words.files.filter((id) => own.some(({ file, is_free }) => is_free && file.id === id))
  await inTurn(ctx)
  const current = await currentAt(ctx, place)
  const draft = { ...where, kind: kind ?? null, ...words, files }
  if (current && isSame(current, draft)) return stateOf(ctx, place, current.version)
  const next = nextVersion(current)
  if (current && current.version !== version && !contains(draft, current)) await putBeside(ctx, place)
  else if (current) {
    await mine(ctx.db.updateTable('drafts'), ctx, place).where('beside', '=', false).set({ ...draft, version: next, saved_at: sql`now()` }).execute()
    return told(ctx, place, next)
  } else await demandRoom(ctx)
  await ctx.db.insertInto('drafts').values({ person_id: ctx.actor.id, place, version: next, ...draft }).execute()
  return told(ctx, place, next)
}

/**
 * Removes a draft: it was sent, or emptied. What was kept beside takes its place.
 * @param version of the one that is meant; a newer one stays
 * @throws Refusal 409 when there is a newer one
 */
export async function discardDraft(ctx: Ctx, place: string, version?: number): Promise<void> {
  await inTurn(ctx)
  const current = await currentAt(ctx, place)
  if (!current) return
  if (version !== undefined && current.version !== version) throw conflict('draft_changed', 'Another device has saved a newer one meanwhile. Look at it first.')
  await mine(ctx.db.deleteFrom('drafts'), ctx, place).where('beside', '=', false).execute()
  const [other] = await mine(ctx.db.selectFrom('drafts').select('version'), ctx, place).orderBy('version', 'desc').limit(1).execute()
  if (!other) return emit(ctx, draftRemoved, { person_id: ctx.actor.id }, { place })
  const next = nextVersion(current)
  await mine(ctx.db.updateTable('drafts'), ctx, place).where('version', '=', other.version).set({ beside: false, version: next }).execute()
  await told(ctx, place, next)
}

/** Forgets what was kept beside a draft: its author has looked. @throws Refusal 404 where there is no draft */
export async function discardBeside(ctx: Ctx, place: string): Promise<DraftState> {
  await inTurn(ctx)
  const current = await currentAt(ctx, place)
  if (!current) throw notFound()
  await mine(ctx.db.deleteFrom('drafts'), ctx, place).where('beside', '=', true).execute()
  const next = nextVersion(current)
  await mine(ctx.db.updateTable('drafts'), ctx, place).set({ version: next }).execute()
  return told(ctx, place, next)
}

/** What nobody went on with for 90 days is gone. */
export const forgetDrafts = defineJob<object>('forget-drafts', async (host) => {
  await host.db.deleteFrom('drafts').where('saved_at', '<', sql<string>`now() - interval '90 days'`).execute()
})

/** Where something is begun. @throws Refusal 404 for what the actor may not read */
async function findPlace(ctx: Ctx, place: string, space?: string): Promise<{ space_id: string | null; root_id: string | null }> {
  if (place === ctx.actor.id) return { space_id: space ? (await findReadableSpace(ctx, space)).id : null, root_id: null }
  const found = await visibleSpaces(ctx).select('id').where('id', '=', place).executeTakeFirst()
  if (found) return { space_id: place, root_id: null }
  const head = await visibleEntries(ctx).select('space_id').where('id', '=', place).where('root_id', 'is', null).executeTakeFirstOrThrow(notFound)
  return { space_id: head.space_id, root_id: place }
}

// One person's devices wait for each other.
const inTurn = (ctx: Ctx) => ctx.db.selectFrom('people').select('id').where('id', '=', ctx.actor.id).forNoKeyUpdate().execute()

const currentAt = (ctx: Ctx, place: string) =>
  mine(ctx.db.selectFrom('drafts').selectAll(), ctx, place).where('beside', '=', false).executeTakeFirst()

type Narrowed = { where: (column: any, is: '=', value: any) => any }
const mine = <Q extends Narrowed>(query: Q, ctx: Ctx, place: string): Q => query.where('person_id', '=', ctx.actor.id).where('place', '=', place)

async function putBeside(ctx: Ctx, place: string): Promise<void> {
  if ((await besides(ctx, place)) >= MOST_BESIDE)
    throw conflict('draft_conflicts', 'Several devices wrote at once here. Look at what is kept beside this draft first.')
  await mine(ctx.db.updateTable('drafts'), ctx, place).set({ beside: true }).execute()
}

async function demandRoom(ctx: Ctx): Promise<void> {
  const { n } = await ctx.db.selectFrom('drafts').where('person_id', '=', ctx.actor.id).where('beside', '=', false)
    .select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  if (Number(n) >= MOST_PLACES) throw invalid('too_many_drafts', `You have begun something in ${MOST_PLACES} places. Send or empty some of it first.`)
}

async function besides(ctx: Ctx, place: string): Promise<number> {
  const { n } = await mine(ctx.db.selectFrom('drafts').select((eb) => eb.fn.countAll<number>().as('n')), ctx, place)
    .where('beside', '=', true).executeTakeFirstOrThrow()
  return Number(n)
}

async function told(ctx: Ctx, place: string, version: number): Promise<DraftState> {
  await emit(ctx, draftSaved, { person_id: ctx.actor.id }, { place, version })
  return stateOf(ctx, place, version)
}

const stateOf = async (ctx: Ctx, place: string, version: number): Promise<DraftState> => ({ place, version, beside: await besides(ctx, place) })

// By the clock, so that a draft which is begun anew is never taken for the one that was sent.
const nextVersion = (current?: { version: number }) => Math.max(Date.now(), (current?.version ?? 0) + 1)

const isSame = (a: Words & { kind: string | null; space_id: string | null }, b: typeof a) =>
  contains(a, b) && contains(b, a) && a.kind === b.kind && a.space_id === b.space_id

/** Whether nothing is lost when the one stands for the other. */
const contains = (whole: Words, part: Words) =>
  whole.body.includes(part.body) && (!part.title || whole.title === part.title) && part.files.every((id) => whole.files.includes(id))
