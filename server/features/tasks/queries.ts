import { sql } from 'kysely'
import { pageOfEntries } from '../../core/entries/reading.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { cardsOfSpaces, findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorsOf, type Page, type PageQuery } from '../../kernel/pages.ts'
import type { Priority, State } from './policy.ts'

const tasks = (ctx: Ctx) => visibleEntries(ctx).where('entries.kind', '=', 'task').where('entries.state', '=', 'published').innerJoin('tasks as t', 't.entry_id', 'entries.id')

/** What each order sorts by, the id last: the most pressing first, what ended last, or the newest. */
const ORDERS = {
  due: { column: sql.ref('t.late_at'), type: sql`timestamptz`, direction: 'asc' },
  since: { column: sql.ref('t.since'), type: sql`timestamptz`, direction: 'desc' },
  age: { column: sql.ref('t.entry_id'), type: sql`uuid`, direction: 'desc' },
} as const
export type Order = keyof typeof ORDERS

/** A page of a query of tasks in an order, with what else is shown of each. */
async function pageIn(ctx: Ctx, list: string, query: ReturnType<typeof tasks>, order: Order, { limit, before, after }: PageQuery): Promise<Page<EntryView>> {
  const cursors = cursorsOf(ctx, `tasks ${list} ${order}`)
  const { column, type, direction } = ORDERS[order]
  const from = cursors.open(before ?? after)
  if (from) query = query.where(sql<boolean>`(${column}, t.entry_id) ${direction === 'asc' ? sql`>` : sql`<`} (${from[0]}::${type}, ${from[1]}::uuid)`)
  const sorted = query.orderBy(sql`${column}`, direction).orderBy('t.entry_id', direction).limit(limit + 1)
  const page = await pageOfEntries(ctx, sorted as never, limit, { key: sql<string>`${column}::text || '|' || t.entry_id` }, (entry) => entry)
  return { ...page, next: page.next && cursors.seal(...page.next.split('|')) }
}

export type TaskQuery = PageQuery & { state?: State | 'active'; order: Order; assignee?: string; priority?: Priority; subtask_of?: string; from?: string; to?: string; q?: string }
const MOST_WORDS = 8

/** The tasks of a space, as far as they are asked for. @throws Refusal 404 */
export async function listTasks(ctx: Ctx, space: string, { state, order, assignee, priority, subtask_of, from, to, q = '', ...paging }: TaskQuery): Promise<Page<EntryView>> {
  let query = tasks(ctx).where('t.space_id', '=', space)
  if (state) query = query.where('t.state', 'in', state === 'active' ? ['open', 'doing'] : [state])
  const its = sql`select from task_assignees ta where ta.task_id = t.entry_id`
  if (assignee) query = query.where(assignee === 'nobody' ? sql<boolean>`not exists (${its})` : sql<boolean>`exists (${its} and ta.person_id = ${assignee})`)
  if (priority) query = query.where('t.priority', '=', priority)
  if (subtask_of) query = query.where('t.subtask_of', '=', subtask_of)
  if (from) query = query.where('t.late_at', '>=', from)
  if (to) query = query.where('t.late_at', '<', to)
  for (const word of q.trim().split(/\s+/).slice(0, MOST_WORDS)) if (word) query = query.where(sql<boolean>`concat_ws(' ', entries.title, entries.body) ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  const [page] = await Promise.all([pageIn(ctx, space, query, order, paging), findReadableSpace(ctx, space)])
  return page
}

/** `mine`: what the actor has to do · `given`: what they gave and others have to do; of all spaces that they read, the most pressing first. */
export async function listMyTasks(ctx: Ctx, { what, ...paging }: PageQuery & { what: 'mine' | 'given' }) {
  const mine = sql`select from task_assignees ta where ta.task_id = t.entry_id and ta.person_id = ${ctx.actor.id}`
  const active = tasks(ctx).where('t.state', 'in', ['open', 'doing'])
  const query = what === 'given' ? active.where('t.by_id', '=', ctx.actor.id).where(sql<boolean>`not exists (${mine})`)
    : active.innerJoin('task_assignees as ta', (join) => join.onRef('ta.task_id', '=', 't.entry_id').on('ta.person_id', '=', ctx.actor.id))
  const page = await pageIn(ctx, what, query as never, 'due', paging)
  const spaces = await cardsOfSpaces(ctx, [...new Set(page.items.map(({ space }) => space))])
  return { ...page, items: page.items.flatMap((entry) => (spaces.has(entry.space) ? [{ ...entry, space_card: spaces.get(entry.space)! }] : [])) }
}
