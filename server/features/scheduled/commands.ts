import { sql } from 'kysely'
import { demandWritable, publish, reply } from '../../core/entries/commands.ts'
import { findOwnFiles } from '../../core/entries/hooks.ts'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryInput, type EntryView } from '../../core/entries/schema.ts'
import { tellWaiting } from '../../core/waiting/commands.ts'
import { checked } from '../../kernel/checked.ts'
import type { Ctx } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { scheduledChanged } from './events.ts'
import { findScheduled, mine } from './queries.ts'
import { MOST_SCHEDULED, type ScheduledView, type ScheduleInput } from './schema.ts'

/** The name of the job in jobs.ts. */
export const SENDING = { name: 'send-scheduled' }

// The same key takes the place of a sending at another moment.
const queueSending = (ctx: Ctx, id: string, at: string) => enqueue(ctx.db, SENDING, { id }, { key: `send ${id}`, runAt: new Date(at) })

// Half of a pair of code units is no text, and the database keeps none.
const wellFormed = (_: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value)

const YEAR = 366 * 86_400_000

/**
 * Keeps something to be sent later. What it needs is looked at now, so that nobody waits for what cannot be; the rights count then.
 * @throws Refusal 403, 404, 422
 */
export async function schedule(ctx: Ctx, { space: spaceId, root, send_at, words }: ScheduleInput): Promise<ScheduledView> {
  demandFuture(send_at)
  if (root && (await findEntry(ctx, root)).space !== spaceId) throw notFound()
  await demandWritable(ctx, spaceId, root, words as never)
  if ((await findOwnFiles(ctx, words.files)).length !== new Set(words.files).size) throw invalid('not_your_file', 'Attach files that you uploaded yourself.')
  await demandRoom(ctx)
  const id = newId()
  await ctx.db.insertInto('scheduled').values({ id, person_id: ctx.actor.id, space_id: spaceId, root_id: root ?? null, send_at, words: JSON.stringify(words, wellFormed), files: words.files, refused: null }).execute()
  await queueSending(ctx, id, send_at)
  return changed(ctx, id)
}

/** Has it sent at another moment; also what was refused before. @throws Refusal 404, 422 */
export async function move(ctx: Ctx, id: string, send_at: string): Promise<ScheduledView> {
  demandFuture(send_at)
  const { numUpdatedRows } = await mine(ctx, ctx.db.updateTable('scheduled'), id).set({ send_at, refused: null }).executeTakeFirst()
  if (!numUpdatedRows) throw notFound()
  await queueSending(ctx, id, send_at)
  await tellWaiting(ctx, [ctx.actor.id])
  return changed(ctx, id)
}

/** Takes it out. @throws Refusal 404 when it is not there, or was sent meanwhile */
export async function withdraw(ctx: Ctx, id: string): Promise<void> {
  const { numDeletedRows } = await mine(ctx, ctx.db.deleteFrom('scheduled'), id).executeTakeFirst()
  if (!numDeletedRows) throw notFound()
  await gone(ctx)
}

/**
 * Sends it now, in the actor's name, as if they wrote it at this moment: it is gone in the same transaction, so whoever comes
 * second finds nothing.
 * @throws Refusal 404 when it is not there, and whatever writing there throws
 */
export async function sendNow(ctx: Ctx, id: string): Promise<EntryView> {
  const row = await mine(ctx, ctx.db.deleteFrom('scheduled'), id).returning(['space_id', 'root_id', 'words']).executeTakeFirst()
  if (!row) throw notFound()
  const words = checked(EntryInput as never, row.words, 'body') as EntryInput & { body: string; files: string[] }
  const entry = await (row.root_id ? reply(ctx, row.root_id, words) : publish(ctx, row.space_id, words as never))
  await gone(ctx)
  return entry
}

const gone = async (ctx: Ctx) => {
  await emit(ctx, scheduledChanged, { person_id: ctx.actor.id }, {})
  await tellWaiting(ctx, [ctx.actor.id])
}

async function changed(ctx: Ctx, id: string): Promise<ScheduledView> {
  await emit(ctx, scheduledChanged, { person_id: ctx.actor.id }, {})
  return findScheduled(ctx, id)
}

function demandFuture(at: string): void {
  const ahead = Date.parse(at) - Date.now()
  if (ahead < -60_000 || ahead > YEAR) throw invalid('not_in_future', 'Choose a moment within the next year.')
}

async function demandRoom(ctx: Ctx): Promise<void> {
  // One person's devices wait for each other, so that none passes the bound.
  await ctx.db.selectFrom('people').select('id').where('id', '=', ctx.actor.id).forNoKeyUpdate().execute()
  const { n } = await ctx.db.selectFrom('scheduled').where('person_id', '=', ctx.actor.id).select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
  if (n >= MOST_SCHEDULED) throw invalid('too_many_scheduled', `You have ${MOST_SCHEDULED} scheduled already. Send or withdraw some first.`)
}
