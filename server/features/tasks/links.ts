import { sql } from 'kysely'
import { countReaders } from '../../core/spaces/readers.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { MOST } from './policy.ts'

/** @throws Refusal 422 when some of these people cannot be given something to do in a space */
export async function demandAble(ctx: Ctx, space: string, people: string[]): Promise<void> {
  if (people.length && (await countReaders(ctx, space, people)) < people.length)
    throw invalid('assignee_cannot_read', 'A task is given to people who may read this space. Add them to it first.')
}

/** @throws Refusal 422 */
export function demandFew(people: string[]): string[] {
  const once = [...new Set(people)]
  if (once.length > MOST.assignees) throw invalid('too_many_assignees', `One task has at most ${MOST.assignees} people. Make subtasks of it.`)
  return once
}

/** The tasks among these that are there, in this space: others are answered as if they did not exist. */
async function findHere(ctx: Ctx, space: string, ids: string[]) {
  // visible: of the space that the actor entered
  const found = await ctx.db.selectFrom('tasks as t').innerJoin('entries as e', 'e.id', 't.entry_id').where('t.space_id', '=', space).where('t.entry_id', 'in', ids)
    .where('e.state', '=', 'published').select(['t.entry_id', 't.subtask_of']).execute()
  if (found.length < ids.length) throw invalid('no_task_here', 'A task goes with other tasks of its space that are there.')
  return found
}

/** @param id of a task that may become a part of another one @throws Refusal 422, 409 */
export async function demandWhole(ctx: Ctx, space: string, id: string, whole: string): Promise<void> {
  const [found] = await findHere(ctx, space, [whole])
  const parts = await ctx.db.selectFrom('tasks').where('subtask_of', 'in', [id, whole]).select('subtask_of').execute()
  if (whole === id || found.subtask_of || parts.some(({ subtask_of }) => subtask_of === id)) throw invalid('subtask_too_deep', 'A subtask has no subtasks of its own.')
  if (parts.length >= MOST.subtasks) throw conflict('too_many_subtasks', `A task has at most ${MOST.subtasks} subtasks.`)
}

/** @param ids of tasks that have to be done before this one @throws Refusal 422, 409 for a circle */
export async function demandBlockers(ctx: Ctx, space: string, id: string, ids: string[]): Promise<string[]> {
  const once = [...new Set(ids)]
  if (once.length > MOST.blockers) throw invalid('too_many_blockers', `A task waits for at most ${MOST.blockers} others.`)
  if (!once.length) return once
  if (!once.includes(id)) await findHere(ctx, space, once)
  const { rows } = await sql`with recursive before (id) as (select unnest(${once}::uuid[]) union select tb.by_id from task_blocks tb join before on tb.task_id = before.id)
    select from before where id = ${id}`.execute(ctx.db)
  if (rows.length) throw conflict('blocked_in_a_circle', 'Then these tasks would wait for each other, and none could be done.')
  return once
}
