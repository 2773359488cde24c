import { useQuery } from '@tanstack/react-query'
import type { State } from '../../../server/features/tasks/policy.ts'
import { entryKeys } from '../../core/entries/keys.ts'
import { api } from '../../kernel/api.ts'
import { usePages } from '../../kernel/query.ts'
import type { Entry, SpaceCard } from '../../kernel/types.ts'
import './apply.ts'
import type { Order, Shown } from './apply.ts'

export type MyTask = Entry & { space_card: SpaceCard }

/** In which order a key says what a list holds. */
export const WHAT = ['state', 'assignee', 'priority', 'subtask_of', 'q', 'from', 'to'] as const

/** The tasks of a space, as far as they are asked for. */
export const useTasks = (space: string, order: Order, shown: Shown) => usePages<Entry>(['tasks', space, order, ...WHAT.map((name) => shown[name] ?? '')], `/spaces/${space}/tasks`, { ...shown, order, limit: 100 })

/** What is to be done by its due date, what ended by when it did. */
export const orderOf = (state: State): Order => (state === 'done' || state === 'dropped' ? 'since' : 'due')

/** The same for each state. */
export function useBoard(space: string, shown: Omit<Shown, 'state'>) {
  const of = (state: State) => [space, orderOf(state), { state, ...shown }] as const
  return { open: useTasks(...of('open')), doing: useTasks(...of('doing')), done: useTasks(...of('done')), dropped: useTasks(...of('dropped')) }
}

/** What I have to do in all spaces, or what I gave others to do. */
export const useMyTasks = (what: 'mine' | 'given') => usePages<MyTask>(['my-tasks', what], '/my/tasks', { what, limit: 100 })

/** Another task, by itself. */
export const useEntry = (id: string) => useQuery({ queryKey: entryKeys.one(id), queryFn: ({ signal }) => api.get<Entry>(`/entries/${id}`, {}, signal) })
