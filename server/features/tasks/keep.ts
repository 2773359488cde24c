import { sql } from 'kysely'
import type { Forget } from '../../core/entries/forget.ts'
import type { RemoveHook } from '../../core/entries/hooks.ts'
import { findSource, leaveTrace } from '../../core/entries/made-of.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'
import { invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { timeOf } from '../../kernel/ids.ts'
import { dueOf, queueReminders, zoneOf } from './due.ts'
import { taskChanged } from './events.ts'
import type { TaskInput } from './input.ts'
import { demandAble, demandBlockers, demandFew, demandWhole } from './links.ts'
import { type Item, MOST } from './policy.ts'
import { seriesOf } from './repeats.ts'

/** Keeps a new task, and leaves a trace of it where it comes from. @throws Refusal 404, 409, 422 */
export async function keepTask(ctx: Ctx, entry: WrittenEntry, { assignees, due, priority, estimate, checklist, subtask_of, blocked_by, from, repeats }: TaskInput): Promise<void> {
  const { id, space } = entry
  const people = demandFew(assignees)
  await demandAble(ctx, space.id, people)
  const when = dueOf(due ?? null, await zoneOf(ctx))
  const series = repeats ? seriesOf(repeats, when.due, when.zone) : { repeats: null, starts: null }
  if (subtask_of) await demandWhole(ctx, space.id, id, subtask_of)
  const before = await demandBlockers(ctx, space.id, id, blocked_by)
  const source = from ? await findSource(ctx, entry, from) : null
  await ctx.db.insertInto('tasks').values({
    entry_id: id, space_id: space.id, by_id: ctx.actor.id, since: new Date(timeOf(id)).toISOString(), priority, ...when, estimate: estimate ?? null,
    checklist: JSON.stringify(itemsOf(checklist)), subtask_of: subtask_of ?? null, from_id: source?.id ?? null, ...series,
  }).execute()
  await give(ctx, id, people)
  await block(ctx, id, before)
  await queueReminders(ctx, id, when)
  if (source) await leaveTrace(ctx, entry, source)
  if (subtask_of) await emit(ctx, taskChanged, { space_id: space.id, entry_id: subtask_of }, {})
}

export const give = async (ctx: Ctx, task_id: string, people: string[]): Promise<void> =>
  void (people.length && (await ctx.db.insertInto('task_assignees').values(people.map((person_id) => ({ task_id, person_id, by_id: ctx.actor.id }))).execute()))

export const block = async (ctx: Ctx, task_id: string, ids: string[]): Promise<void> =>
  void (ids.length && (await ctx.db.insertInto('task_blocks').values(ids.map((by_id) => ({ task_id, by_id }))).execute()))

/** Points of a checklist, each with an id of its own; those that have one keep it. @throws Refusal 422 */
export function itemsOf(items: TaskInput['checklist']): Item[] {
  if (items.length > MOST.items) throw invalid('too_many_items', `A checklist has at most ${MOST.items} points. Make subtasks of some.`)
  const taken = new Set<string>()
  let newest = Math.max(0, ...items.map(({ id }) => Number(id) || 0))
  return items.map(({ id, text, done }) => {
    const own = id && !taken.has(id) ? id : String(++newest)
    taken.add(own)
    return { id: own, text, done }
  })
}

export const keepStep = async (ctx: Ctx, entry: WrittenEntry, { step }: { step: Omit<Tables['task_steps'], 'entry_id'> }): Promise<void> =>
  void (await ctx.db.insertInto('task_steps').values({ ...step, entry_id: entry.id }).execute())

/** The tasks that show how this one is: the one it is a part of, its parts, and those that wait for it. */
export async function relatedTo(ctx: Ctx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select t.subtask_of as id from tasks t where t.entry_id = ${id} and t.subtask_of is not null
    union select t.entry_id from tasks t where t.subtask_of = ${id} union select tb.task_id from task_blocks tb where tb.by_id = ${id}`.execute(ctx.db)
  return rows.map((row) => row.id)
}

/** What is taken away or comes back is so for those that show it, too. */
export const tellRelated: RemoveHook = async (ctx, { id, kind, space }) => {
  if (kind !== 'task') return
  for (const entry_id of await relatedTo(ctx, id)) await emit(ctx, taskChanged, { space_id: space, entry_id }, {})
}

/** Of what is gone for good no words are kept. */
export const forgetTasks: Forget = (ctx, entries) => ctx.db.updateTable('tasks').set({ checklist: '[]' }).where('entry_id', 'in', entries).execute()
