import type { Updateable } from 'kysely'
import { findKind } from '../../core/entries/kinds.ts'
import { findEntry, findThreadOf } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { writeEntry } from '../../core/entries/write.ts'
import { type EnteredSpace, enterSpace } from '../../core/spaces/enter.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'
import { allow, conflict, invalid, Refusal } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { dueOf, queueReminders, zoneOf } from './due.ts'
import { taskChanged } from './events.ts'
import type { TaskChange } from './input.ts'
import { block, give, itemsOf, relatedTo } from './keep.ts'
import { demandAble, demandBlockers, demandFew, demandWhole } from './links.ts'
import { canWork, isDay, isEnd, type State } from './policy.ts'
import { nextDue, type Series, seriesOf } from './repeats.ts'

/** A task that nobody else changes meanwhile; steps that are written go above `room.newest`. `told`: the tasks that are different because of it. */
type Entered = { id: string; room: EnteredSpace; row: Awaited<ReturnType<typeof rowOf>>; reason: string; told: Set<string> }

const rowOf = (ctx: Ctx, id: string) => ctx.db.selectFrom('tasks').selectAll().where('entry_id', '=', id).executeTakeFirstOrThrow()

async function enterTask(ctx: Ctx, id: string, reason: string): Promise<Entered> {
  const room = await enterSpace(ctx, (await findThreadOf(ctx, id)).space)
  const entry = await findEntry(ctx, id)
  if (!entry.task || entry.state !== 'published') throw invalid('not_a_task', 'This is no task, or it is gone.')
  allow(canWork(entry, await findReadableSpace(ctx, entry.space)), 'Whoever writes in a space works on its tasks.', 'workers_only')
  return { id, room, row: await rowOf(ctx, id), reason, told: new Set() }
}

/** Changes a task: how far it is, whose, by when, and what belongs to it. What others should know of stands in its thread. @throws Refusal 403, 404, 409, 422 */
export async function change(ctx: Ctx, id: string, input: TaskChange): Promise<EntryView> {
  const entered = await enterTask(ctx, id, input.reason ?? '')
  if (input.since && Date.parse(input.since) !== Date.parse(entered.row.since)) throw conflict('task_changed', 'Somebody moved this task meanwhile. Look at it again.')
  if (input.assignees) await hand(ctx, entered, input.assignees)
  if (input.due !== undefined) await setDue(ctx, entered, input.due)
  if (input.repeats !== undefined) await repeat(ctx, entered, input.repeats)
  if (input.checklist) await set(ctx, entered, { checklist: JSON.stringify(itemsOf(input.checklist)) })
  if (input.tick) await tick(ctx, entered, input.tick)
  if (input.priority) await set(ctx, entered, { priority: input.priority })
  if (input.estimate !== undefined) await set(ctx, entered, { estimate: input.estimate })
  if (input.subtask_of !== undefined) await join(ctx, entered, input.subtask_of)
  if (input.blocked_by) await waitFor(ctx, entered, input.blocked_by)
  if (input.state) await move(ctx, entered, input.state)
  for (const entry_id of entered.told) await emit(ctx, taskChanged, { space_id: entered.room.id, entry_id }, {})
  return findEntry(ctx, id)
}

async function set(ctx: Ctx, { id, told }: Entered, row: Updateable<Tables['tasks']>): Promise<void> {
  await ctx.db.updateTable('tasks').set(row).where('entry_id', '=', id).execute()
  told.add(id)
}

type Step = Omit<Tables['task_steps'], 'entry_id' | 'task_id'>
const NONE: Omit<Step, 'what'> = { before: null, state: null, due: null, came: [], gone: [] }

/** Writes what happened into the thread; why it did stands beside the first of several at once. */
async function writeStep(ctx: Ctx, entered: Entered, step: Partial<Step> & Pick<Step, 'what'>): Promise<EntryView> {
  const { id, room, reason } = entered
  const written = await writeEntry(ctx, {
    space: room, kind: findKind('task_step')!, title: '', body: reason, files: [], root: id, parent: id, more: { step: { ...NONE, ...step, task_id: id } },
  })
  room.newest = written.id
  entered.reason = ''
  return written
}

async function move(ctx: Ctx, entered: Entered, state: State): Promise<void> {
  const { id, row } = entered
  if (row.state === state) return
  if (state === 'done' && (await comeAgain(ctx, entered))) return
  const step = await writeStep(ctx, entered, { what: 'state', before: row.state, state })
  await set(ctx, entered, { state, since: step.created_at })
  if (isEnd(row.state) !== isEnd(state)) for (const other of await relatedTo(ctx, id)) entered.told.add(other)
}

/** What repeats is open again when it is done, until the next time: it stays one task with one thread, in which each time stands. */
async function comeAgain(ctx: Ctx, entered: Entered): Promise<boolean> {
  const { due, zone, repeats, starts, checklist, state: before } = await rowOf(ctx, entered.id)
  const when = repeats && due ? following({ repeats, starts: starts! }, due, zone) : null
  if (!when) return false
  const step = await writeStep(ctx, entered, { what: 'state', before, state: 'done', due: when.due })
  await set(ctx, entered, { ...when, state: 'open', since: step.created_at, checklist: JSON.stringify(checklist.map((item) => ({ ...item, done: false }))) })
  await queueReminders(ctx, entered.id, when)
  return true
}

/** The next time of a series; null when it was the last one, or the next is further away than a task may be due. */
function following(series: Series, due: string, zone: string): ReturnType<typeof dueOf> | null {
  try {
    const next = nextDue(series, due, zone)
    return next ? dueOf(next, zone) : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

async function repeat(ctx: Ctx, entered: Entered, rule: string | null): Promise<void> {
  const { due, zone } = await rowOf(ctx, entered.id)
  await set(ctx, entered, rule ? seriesOf(rule, due, zone) : { repeats: null, starts: null })
}

async function hand(ctx: Ctx, entered: Entered, ids: string[]): Promise<void> {
  const { id, room } = entered
  const people = demandFew(ids)
  const before = (await ctx.db.selectFrom('task_assignees').select('person_id').where('task_id', '=', id).execute()).map(({ person_id }) => person_id)
  const [came, gone] = [people.filter((one) => !before.includes(one)), before.filter((one) => !people.includes(one))]
  if (!came.length && !gone.length) return
  // Whoever had it before and cannot read it any more may keep it.
  await demandAble(ctx, room.id, came)
  if (gone.length) await ctx.db.deleteFrom('task_assignees').where('task_id', '=', id).where('person_id', 'in', gone).execute()
  await give(ctx, id, came)
  await writeStep(ctx, entered, { what: 'people', came, gone })
  entered.told.add(id)
}

async function setDue(ctx: Ctx, entered: Entered, due: string | null): Promise<void> {
  const when = dueOf(due, await zoneOf(ctx))
  const { row } = entered
  if (when.due === row.due) return
  // One time of a series may be moved by itself; where days become times, or there is no date any more, it begins anew or is over.
  const series = !row.repeats ? {} : !when.due ? { repeats: null, starts: null } : isDay(when.due) === isDay(row.starts!) ? {} : seriesOf(row.repeats, when.due, when.zone)
  await set(ctx, entered, { ...when, ...series })
  await queueReminders(ctx, entered.id, when)
  await writeStep(ctx, entered, { what: 'due', due: when.due })
}

async function tick(ctx: Ctx, entered: Entered, { id, done }: { id: string; done: boolean }): Promise<void> {
  const { checklist } = await rowOf(ctx, entered.id)
  if (!checklist.some((item) => item.id === id)) throw conflict('no_such_item', 'Somebody took this point off the list meanwhile.')
  await set(ctx, entered, { checklist: JSON.stringify(checklist.map((item) => (item.id === id ? { ...item, done } : item))) })
}

async function join(ctx: Ctx, entered: Entered, whole: string | null): Promise<void> {
  const { id, room, row, told } = entered
  if (row.subtask_of === whole) return
  if (whole) await demandWhole(ctx, room.id, id, whole)
  for (const other of [row.subtask_of, whole]) if (other) told.add(other)
  await set(ctx, entered, { subtask_of: whole })
}

async function waitFor(ctx: Ctx, entered: Entered, ids: string[]): Promise<void> {
  const { id, room, told } = entered
  await ctx.db.deleteFrom('task_blocks').where('task_id', '=', id).execute()
  await block(ctx, id, await demandBlockers(ctx, room.id, id, ids))
  told.add(id)
}
