import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { ZERO_ID } from '../../kernel/ids.ts'
import { findThreadOf } from '../entries/queries.ts'
import { findReadableSpace } from '../spaces/queries.ts'
import { readMarked } from './events.ts'
import { readTo, unreadOf } from './queries.ts'

type Position = { space: string; root: string | null; read_to: string }
type Told = { entry_id: string; reason: string }
/** Supplied by the inbox. */
export type InboxPort = {
  /** how many threads there wait for the actor */
  count: (ctx: Ctx) => Promise<number>
  /** what it does when a position of theirs moved */
  moved: (ctx: Ctx, position: Position) => Promise<void>
  /** of a thread (alias of its head) the last entry of which there is something to tell that no position says: its reader has to come by again */
  waiting: (ctx: Ctx, root: string) => RawBuilder<string | null>
  /** the threads in it with something unread */
  roots: (ctx: Ctx) => Promise<string[]>
  /** what it does when positions in these spaces went back */
  restored: (ctx: Ctx, spaces: string[], told: Told[]) => Promise<void>
  /** what is unread there and of which no position says so */
  told: (ctx: Ctx) => Promise<Told[]>
}
let inbox: InboxPort = { count: async () => 0, moved: async () => {}, waiting: () => sql`null::uuid`, roots: async () => [], restored: async () => {}, told: async () => [] }
export const setInbox = (port: InboxPort) => void (inbox = port)
export const inboxCount = (ctx: Ctx) => inbox.count(ctx)
export const waitingIn: InboxPort['waiting'] = (ctx, root) => inbox.waiting(ctx, root)
export const inboxRoots = (ctx: Ctx) => inbox.roots(ctx)
export const toldInInbox = (ctx: Ctx) => inbox.told(ctx)
export const restoreInbox = (ctx: Ctx, spaces: string[], told: Told[]) => inbox.restored(ctx, spaces, told)

/** Marks a thread read up to an entry (or all of it); a position never goes back by this. */
export async function markThreadRead(ctx: Ctx, entryId: string, to?: string) {
  const { root, space, active } = await findThreadOf(ctx, entryId)
  const limit = to && to < active ? to : active
  // Where the thread has no position of its own yet, it begins no lower than the space's.
  const read_to = sql<string>`greatest(${limit}::uuid, (select m.read_to from memberships m where m.person_id = ${ctx.actor.id} and m.space_id = ${space}))`
  const row = await ctx.db.insertInto('thread_reads').values({ person_id: ctx.actor.id, root_id: root, space_id: space, read_to })
    .onConflict((c) => c.columns(['person_id', 'root_id']).doUpdateSet({ read_to: sql`greatest(thread_reads.read_to, ${limit}::uuid)`, at: sql`now()` }))
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

/**
 * Marks a whole space read up to an entry (or all of it); positions of threads that lie below are not needed any more. Where
 * one has read further already, threads that were left or marked unread below stay so beyond that entry.
 */
export async function markSpaceRead(ctx: Ctx, spaceId: string, to?: string) {
  await findReadableSpace(ctx, spaceId)
  // visible: an id of the space that was just found readable
  const newest = await ctx.db.selectFrom('entries').select('id').where('space_id', '=', spaceId).orderBy('id', 'desc').limit(1).executeTakeFirst()
  const limit = newest?.id ?? ZERO_ID
  const read_to = to && to < limit ? to : limit
  const row = await ctx.db.updateTable('memberships').set({ read_to: sql`greatest(read_to, ${read_to})` })
    .where('space_id', '=', spaceId).where('person_id', '=', ctx.actor.id).returning('read_to').executeTakeFirst()
  const isFurther = row !== undefined && row.read_to > read_to
  if (isFurther) await ctx.db.updateTable('thread_reads').set({ read_to }).where('person_id', '=', ctx.actor.id).where('space_id', '=', spaceId).where('read_to', '<', read_to).execute()
  else await ctx.db.deleteFrom('thread_reads').where('person_id', '=', ctx.actor.id).where('space_id', '=', spaceId).where('read_to', '<=', read_to).execute()
  return announce(ctx, spaceId, null, read_to)
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
  await inbox.moved(ctx, { space, root, read_to })
  const fact = await position(ctx, space, root, read_to)
  await emit(ctx, readMarked, { person_id: ctx.actor.id }, fact)
  return fact
}
