import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { inboxCount, inboxRoots, markSpaceRead, markThreadRead, restoreInbox, toldInInbox } from './commands.ts'
import { readsRestored } from './events.ts'
import { unreadBySpace } from './queries.ts'

/** Where somebody stood before and after: of spaces, and of threads, which may have had no position of their own (null). */
type Stand = { id: string; was: string | null; now: string | null }
type Snapshot = { spaces: Stand[]; threads: (Stand & { space: string })[]; told: { entry_id: string; reason: string }[] }

/**
 * Marks everything read that Home or the inbox shows as unread.
 * @returns by which it can be undone
 */
export async function markAllRead(ctx: Ctx, place: 'home' | 'inbox'): Promise<{ id: string; count: number }> {
  const spaces = place === 'home' ? await followedWithUnread(ctx) : []
  const roots = place === 'inbox' ? await inboxRoots(ctx) : []
  const [before, told] = [await standing(ctx, spaces, roots), await toldInInbox(ctx)]
  for (const space of spaces) await markSpaceRead(ctx, space)
  for (const root of roots) await markThreadRead(ctx, root)
  const after = await standing(ctx, spaces, roots)
  const id = newId()
  await ctx.db.insertInto('read_undos').values({ id, person_id: ctx.actor.id, positions: JSON.stringify({ ...merge(before, after), told }) }).execute()
  return { id, count: spaces.length + roots.length }
}

// Conversations are read where they are had, and have a badge of their own.
async function followedWithUnread(ctx: Ctx): Promise<string[]> {
  const unread = Object.keys(await unreadBySpace(ctx))
  if (!unread.length) return []
  // not content: which of the actor's own memberships are no conversations
  const rows = await ctx.db.selectFrom('spaces').select('id').where('id', 'in', unread).where('kind', '<>', 'direct').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

async function standing(ctx: Ctx, spaces: string[], roots: string[]) {
  const me = ctx.actor.id
  const mine = await sql<{ id: string; read_to: string }>`select space_id as id, read_to from memberships where person_id = ${me} and space_id = any (${spaces}::uuid[])`.execute(ctx.db)
  const threads = await sql<{ id: string; space: string; read_to: string }>`select root_id as id, space_id as space, read_to from thread_reads
    where person_id = ${me} and (space_id = any (${spaces}::uuid[]) or root_id = any (${roots}::uuid[]))`.execute(ctx.db)
  return { spaces: mine.rows, threads: threads.rows }
}

type Standing = Awaited<ReturnType<typeof standing>>

function merge(before: Standing, after: Standing): Omit<Snapshot, 'told'> {
  const [spaces, threads] = [new Map(after.spaces.map((one) => [one.id, one])), new Map(after.threads.map((one) => [one.id, one]))]
  const gone = before.threads.map(({ id, space, read_to }) => ({ id, space, was: read_to, now: threads.get(id)?.read_to ?? null }))
  const known = new Set(gone.map(({ id }) => id))
  const made = after.threads.filter(({ id }) => !known.has(id)).map(({ id, space, read_to }) => ({ id, space, was: null, now: read_to }))
  return { spaces: before.spaces.map(({ id, read_to }) => ({ id, was: read_to, now: spaces.get(id)?.read_to ?? null })), threads: [...gone, ...made] }
}

/**
 * Puts the actor back to exactly where they stood before; where they have read on since, they stay.
 * @throws Refusal 404 when there is nothing to undo any more
 */
export async function undoMarkAll(ctx: Ctx, id: string): Promise<{ spaces: Record<string, number>; inbox: number }> {
  const me = ctx.actor.id
  const undo = await ctx.db.deleteFrom('read_undos').where('id', '=', id).where('person_id', '=', me).returning('positions').executeTakeFirst()
  if (!undo) throw notFound()
  const { spaces, threads, told } = undo.positions as unknown as Snapshot
  const rows = (stands: Stand[]) => sql`json_to_recordset(${JSON.stringify(stands)}::json) as p(id uuid, space uuid, was uuid, now uuid)`
  await sql`update memberships m set read_to = p.was from ${rows(spaces)} where m.person_id = ${me} and m.space_id = p.id and m.read_to = p.now`.execute(ctx.db)
  await sql`update thread_reads t set read_to = p.was from ${rows(threads)} where t.person_id = ${me} and t.root_id = p.id and t.read_to = p.now and p.was is not null`.execute(ctx.db)
  await sql`delete from thread_reads t using ${rows(threads)} where t.person_id = ${me} and t.root_id = p.id and t.read_to = p.now and p.was is null`.execute(ctx.db)
  // not content: threads that are there still
  await sql`insert into thread_reads (person_id, root_id, space_id, read_to) select ${me}, p.id, p.space, p.was from ${rows(threads)}
    join entries e on e.id = p.id where p.was is not null and p.now is null on conflict do nothing`.execute(ctx.db)
  const touched = [...new Set([...spaces.map((one) => one.id), ...threads.map(({ space }) => space)])]
  await restoreInbox(ctx, touched, told)
  await emit(ctx, readsRestored, { person_id: me }, {})
  return { spaces: await unreadBySpace(ctx), inbox: await inboxCount(ctx) }
}

/** An undo is of use while it is offered. */
export const forgetReadUndos = defineJob<object>('forget-read-undos', async (host) => {
  await host.db.deleteFrom('read_undos').where('at', '<', sql<string>`now() - interval '1 hour'`).execute()
})
