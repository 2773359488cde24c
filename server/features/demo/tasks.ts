import type { Ctx } from '../../kernel/context.ts'
import { later, momentOf } from './calendar.ts'
import { type TaskLine, tasks as scripts, type TaskScript } from './content/tasks.ts'
import type { Telling } from './ideas.ts'
import type { Entry } from './told.ts'

const DAY = 86_400_000

/** What the sample company has to do, beside its entries. */
export type Tasks = Map<string, { script: TaskScript; task: Entry; lines: { entry: Entry; line: TaskLine }[]; people: string[] }>

/** The tasks of the script with all that happened to them; their entries stand among the others. */
export function tellTasks({ anchor, spaces, idOf, jitter, makeId }: Telling): Tasks {
  return new Map(scripts.map((script) => {
    const { key, space: where, at, author, title, body, assignees } = script
    const space = spaces.get(where)!
    const entry = (ms: number, n: number, more: Pick<Entry, 'author' | 'kind' | 'body'> & Partial<Entry>): Entry =>
      ({ id: makeId(ms, `task ${key} ${n}`), ms, space, root: null, parent: null, title: '', edited: null, reactions: [], decision: null, argument: null, poll: null, fact: null, seen: [], ...more })
    let ms = momentOf(at, anchor)
    const task = entry(jitter(ms, `task ${key}`), 0, { author: idOf(author), kind: 'task', title, body })
    const lines = script.lines.flatMap((line, n) => {
      ms = later(ms, line.after)
      const moment = jitter(ms, `task ${key} ${n + 1}`)
      if (moment >= anchor) return []
      return [{ line, entry: entry(moment, n + 1, { author: idOf(line.author), kind: line.state ? 'task_step' : 'message', body: line.body, root: task.id, parent: task.id }) }]
    })
    return [key, { script, task, lines, people: assignees ? assignees.split(' ').map(idOf) : [] }] as const
  }))
}

export const entriesOfTasks = (tasks: Tasks): Entry[] => [...tasks.values()].flatMap(({ task, lines }) => [task, ...lines.map(({ entry }) => entry)])

const iso = (ms: number) => new Date(ms).toISOString()

/** Writes what is not in their entries: how far they are, whose and by when, what belongs together, and each step. */
export async function writeTasks({ db }: Ctx, tasks: Tasks, anchor: number): Promise<void> {
  const all = [...tasks.values()]
  const idOf = (key: string) => tasks.get(key)!.task.id
  await db.insertInto('tasks').values(all.map(({ script, task, lines }) => {
    const last = lines.findLast(({ line }) => line.state)
    return {
      entry_id: task.id, space_id: task.space.id, by_id: task.author, state: last?.line.state ?? 'open', since: iso(last?.entry.ms ?? task.ms), priority: script.priority ?? 'normal',
      ...dueOf(script, anchor), estimate: script.estimate ?? null, subtask_of: null, from_id: null,
      checklist: JSON.stringify((script.checklist ?? []).map((text, n) => ({ id: String(n + 1), text: text.replace(/^x /, ''), done: text.startsWith('x ') }))),
    }
  })).execute()
  for (const { script, task } of all) if (script.of) await db.updateTable('tasks').set({ subtask_of: idOf(script.of) }).where('entry_id', '=', task.id).execute()
  await db.insertInto('task_assignees').values(all.flatMap(({ task, people }) => people.map((person_id) => ({ task_id: task.id, person_id, by_id: task.author })))).execute()
  await db.insertInto('task_blocks').values(all.flatMap(({ script, task }) => (script.waits ? [{ task_id: task.id, by_id: idOf(script.waits) }] : []))).execute()
  await db.insertInto('task_steps').values(all.flatMap(({ task, lines }) => {
    let before: NonNullable<TaskLine['state']> = 'open'
    return lines.flatMap(({ entry, line: { state } }) => {
      if (!state) return []
      const step = { entry_id: entry.id, task_id: task.id, what: 'state' as const, before, state, due: null, came: [], gone: [] }
      before = state
      return [step]
    })
  })).execute()
}

/** By when, in days of UTC; what has passed by then was told. */
function dueOf({ due, repeats }: TaskScript, anchor: number) {
  if (due === undefined) return { due: null, zone: 'UTC', late_at: 'infinity', soon_at: null, told_soon: null, told_late: null, repeats: null, starts: null }
  const day = iso(anchor + due * DAY).slice(0, 10)
  const soon = Date.parse(day)
  const told = (at: number) => (at <= anchor ? iso(at) : null)
  return { due: day, zone: 'UTC', late_at: iso(soon + DAY), soon_at: iso(soon), told_soon: told(soon), told_late: told(soon + DAY), repeats: repeats ?? null, starts: repeats ? day : null }
}
