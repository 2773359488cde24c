import type { State } from '../../../server/features/tasks/policy.ts'
import type { TaskChange } from '../../../server/features/tasks/input.ts'
import type { TaskFacts } from '../../../server/features/tasks/schema.ts'
import { applyAnswer } from '../../core/entries/cache.ts'
import { announce } from '../../kernel/announce.tsx'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import type { Entry } from '../../kernel/types.ts'

const show = (entry: Entry) => applyAnswer({ type: 'task.changed', space: entry.space, entry })

/** Changes a task. @throws what the server says against it */
export const change = async (id: string, what: Partial<TaskChange>) => show(await api.patch<Entry>(`/entries/${id}/task`, what))

/** The same, shown at once as `task` says, and taken back with the reason when the server refuses. */
export async function changeNow(entry: Entry, what: Partial<TaskChange>, task: Partial<TaskFacts> = {}) {
  show({ ...entry, task: { ...entry.task!, ...task } })
  try {
    await change(entry.id, what)
  } catch (error) {
    show(entry)
    notifyFailure(i18n.t('task-cards:failed'), error)
  }
}

/** Moves a task on, and says where it is then. */
export function move(entry: Entry, state: State) {
  if (entry.task!.state === state) return
  announce(i18n.t('task-cards:moved', { title: entry.title, state: i18n.t(`task-cards:state.${state}`) }))
  // Of what repeats two who end one time would end two.
  const since = state === 'done' && entry.task!.repeats ? entry.task!.since : undefined
  void changeNow(entry, { state, since }, { state, since: new Date().toISOString() })
}

/** Ticks a point of its checklist, or takes the tick away. */
export const tick = (entry: Entry, id: string, done: boolean) =>
  void changeNow(entry, { tick: { id, done } }, { checklist: entry.task!.checklist.map((item) => (item.id === id ? { ...item, done } : item)) })
