import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { ZERO_ID } from '../../kernel/ids.ts'
import { findThreadOf } from '../entries/queries.ts'
import { findReadableSpace } from '../spaces/queries.ts'
import { readMarked } from './events.ts'
import { readTo, unreadOf } from './queries.ts'

/** Supplied by the inbox: how many threads there wait for the person. */
export type InboxCount = (ctx: Ctx) => Promise<number>
let countInbox: InboxCount = async () => 0
export const setInboxCount = (count: InboxCount) => void (countInbox = count)
export const inboxCount: InboxCount = (ctx) => countInbox(ctx)

/** Marks a thread read up to an entry (or all of it); a position never goes back by this. */
export async function markThreadRead(ctx: Ctx, entryId: string, to?: string) {
  const { root, space, active } = await findThreadOf(ctx, entryId)
  const read_to = to && to < active ? to : active
  const row = await ctx.db.insertInto('thread_reads').values({ person_id: ctx.actor.id, root_id: root, space_id: space, read_to })
    .onConflict((c) => c.columns(['person_id', 'root_id']).doUpdateSet({ read_to: sql`greatest(thread_reads.read_to, excluded.read_to)`, at: sql`now()` }))
    .returning('read_to').executeTakeFirstOrThrow()
  return announce(ctx, space, root, row.read_to)
}

/** Marks an entry and what follows it in its thread as unread. */
export async function markUnread(ctx: Ctx, entryId: string) {
  const { root, space } = await findThreadOf(ctx, entryId)
  // visible: only an id of the thread that was just found readable
  const before = await ctx.db.selectFrom('entries').select('id').where('id', '<', entryId)
    .where((eb) => eb.or([eb('root_id', '=', root), eb('id', '=', root)])).orderBy('id', 'desc').limit(1).executeTakeFirst()
  const read_to = before?.id ?? ZERO_ID
  await ctx.db.insertInto('thread_reads').values({ person_id: ctx.actor.id, root_id: root, space_id: space, read_to })
    .onConflict((c) => c.columns(['person_id', 'root_id']).doUpdateSet({ read_to, at: sql`now()` })).execute()
  return announce(ctx, space, root, read_to)
}

/** Marks a whole space read up to an entry (or all of it); positions of threads that lie below are not needed any more. */
export async function markSpaceRead(ctx: Ctx, spaceId: string, to?: string) {
  await findReadableSpace(ctx, spaceId)
  // visible: an id of the space that was just found readable
  const newest = await ctx.db.selectFrom('entries').select('id').where('space_id', '=', spaceId).orderBy('id', 'desc').limit(1).executeTakeFirst()
  const limit = newest?.id ?? ZERO_ID
  const read_to = to && to < limit ? to : limit
  const row = await ctx.db.updateTable('memberships').set({ read_to: sql`greatest(read_to, ${read_to})` })
    .where('space_id', '=', spaceId).where('person_id', '=', ctx.actor.id).returning('read_to').executeTakeFirst()
  const done = row?.read_to ?? read_to
  await ctx.db.deleteFrom('thread_reads').where('person_id', '=', ctx.actor.id).where('space_id', '=', spaceId).where('read_to', '<=', done).execute()
  return announce(ctx, spaceId, null, done)
}

/** Up to where the actor has read a thread. @throws Refusal 404 */
export async function threadPosition(ctx: Ctx, entryId: string) {
  const { root, space } = await findThreadOf(ctx, entryId)
  // visible: the head of the thread that was just found readable
  const head = await ctx.db.selectFrom('entries').where('id', '=', root).select(readTo(ctx, 'entries').as('read_to')).executeTakeFirst()
  return position(ctx, space, root, head?.read_to ?? ZERO_ID)
}

/** Up to where the actor has read a space. @throws Refusal 404 */
export async function spacePosition(ctx: Ctx, spaceId: string) {
  const space = await findReadableSpace(ctx, spaceId)
  return position(ctx, spaceId, null, space.my.read_to ?? ZERO_ID)
}

const position = async (ctx: Ctx, space: string, root: string | null, read_to: string) =>
  ({ space, root, read_to, unread: await unreadOf(ctx, space), inbox: await inboxCount(ctx) })

async function announce(ctx: Ctx, space: string, root: string | null, read_to: string) {
  const fact = await position(ctx, space, root, read_to)
  await emit(ctx, readMarked, { person_id: ctx.actor.id }, fact)
  return fact
}
