import { type SelectQueryBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { type PageQuery, uuidCursor } from '../../kernel/pages.ts'
import { findPerson } from '../people/queries.ts'
import { waitingIn } from '../reads/commands.ts'
import { isMuted, readTo, unreadInThread } from '../reads/queries.ts'
import { findReadableSpace } from '../spaces/queries.ts'
import { findThreadOf } from './queries.ts'
import { entriesWith, pageOfEntries } from './reading.ts'
import type { EntryView } from './schema.ts'
import { visibleEntries } from './visibility.ts'

export type EntryListQuery = PageQuery & { view: 'threads' | 'flat'; order: 'created' | 'active' }

/** What was said in a space, newest first: its threads, or the same flat with every reply. */
export async function listEntries(ctx: Ctx, spaceId: string, q: EntryListQuery) {
  const key = q.order === 'active' && q.view === 'threads' ? 'active_id' : 'id'
  let query = visibleEntries(ctx).where('entries.space_id', '=', spaceId).limit(q.limit + 1)
  if (q.view === 'threads') query = query.where('entries.root_id', 'is', null)
  // Of a thread how much of it is unread; of a single entry whether it is.
  const unread = q.view === 'threads' ? unreadInThread(ctx, 'entries')
    : sql<number>`coalesce(entries.state = 'published' and entries.author_id <> ${ctx.actor.id} and entries.id > ${readTo(ctx, 'entries')}
      and not ${isMuted(sql`${ctx.actor.id}::uuid`, sql`coalesce(entries.root_id, entries.id)`, sql`entries.space_id`)}, false)::int`
  const [page] = await Promise.all([
    pageOfEntries(ctx, inOrder(query, q, `entries.${key}`), q.limit, { key: sql<string>`entries.${sql.ref(key)}`, unread },
      (entry, more) => ({ ...entry, unread: more.unread })),
    findReadableSpace(ctx, spaceId),
  ])
  return page
}

/** What somebody wrote in communities the actor may read, newest first. @throws Refusal 404 for somebody the actor may not know of */
export async function listWrittenBy(ctx: Ctx, personId: string, q: PageQuery) {
  const query = visibleEntries(ctx).where('entries.author_id', '=', personId).where('entries.state', '=', 'published')
    .where((eb) => eb.exists(eb.selectFrom('spaces as at').whereRef('at.id', '=', 'entries.space_id').where('at.kind', '=', 'community').select('at.id')))
  const [page] = await Promise.all([
    pageOfEntries(ctx, inOrder(query.limit(q.limit + 1), q, 'entries.id'), q.limit, { key: sql<string>`entries.id` }, (entry): EntryView => entry),
    findPerson(ctx, personId),
  ])
  return page
}

function inOrder(query: SelectQueryBuilder<any, any, any>, q: PageQuery, column: string) {
  const before = uuidCursor(q.before)
  const after = uuidCursor(q.after)
  if (before) query = query.where(column, '<', before)
  if (after) query = query.where(column, '>', after)
  return query.orderBy(column, after ? 'asc' : 'desc')
}

/** A thread: its head, its replies from the oldest on, and up to where the actor has read it. */
export async function findThread(ctx: Ctx, id: string, q: PageQuery) {
  const { root } = await findThreadOf(ctx, id)
  const before = uuidCursor(q.before)
  const after = uuidCursor(q.after)
  let query = visibleEntries(ctx).where('entries.root_id', '=', root).limit(q.limit + 1).orderBy('entries.id', before ? 'desc' : 'asc')
  if (before) query = query.where('entries.id', '<', before)
  if (after) query = query.where('entries.id', '>', after)
  const [[head], replies] = await Promise.all([
    entriesWith(ctx, visibleEntries(ctx).where('entries.id', '=', root), { read_to: readTo(ctx, 'entries'), waiting: waitingIn(ctx, 'entries') }),
    pageOfEntries(ctx, query, q.limit, { key: sql<string>`entries.id` }, (entry): EntryView => entry),
  ])
  if (!head?.entry) throw notFound()
  if (before) replies.items.reverse()
  return { root: head.entry, ...replies, read_to: head.read_to, waiting: head.waiting }
}
