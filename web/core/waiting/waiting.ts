import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { z } from 'zod'
import type { WaitingItem as Item, WaitingPage } from '../../../server/core/waiting/schema.ts'
import { api } from '../../kernel/api.ts'
import { queryClient } from '../../kernel/query.ts'

/** Something that waits for me and is no entry: an invitation, a request, news. */
export type WaitingItem = Item
type Kind = { texts?: string; Line: ComponentType<{ item: WaitingItem }> }

const WAITING = ['waiting']
const kinds = new Map<string, Kind>()

/**
 * The line of a kind of waiting thing, which the feature declared on the server; in its feature.ts, and with `later`, because
 * only the inbox shows it. A line is a `WaitingLine` with words and buttons that answer in place.
 * @param texts a namespace that is not of the first view
 * @example defineWaiting('task', { texts: 'tasks', Line: later(() => import('./TaskWaiting.tsx').then((file) => file.TaskWaiting)) })
 */
export const defineWaiting = (name: string, kind: Kind): void => void kinds.set(name, kind)

/** What this build does not know yet has no line. */
export const findWaiting = (name: string) => kinds.get(name)

/** The namespaces of the lines. */
export const waitingTexts = (): string[] => [...new Set([...kinds.values()].flatMap(({ texts }) => texts ?? []))]

/** The newest of what waits for me, and how much there is. */
export function useWaiting() {
  return useQuery({ queryKey: WAITING, queryFn: ({ signal }) => api.get<z.infer<typeof WaitingPage>>('/waiting', { limit: 100 }, signal) })
}

export const refetchWaiting = () => void queryClient.invalidateQueries({ queryKey: WAITING })

/** Takes an item off the list before the server has answered. Returns how to bring it back. */
export function takeOff(item: WaitingItem) {
  const before = queryClient.getQueryData<z.infer<typeof WaitingPage>>(WAITING)
  const isOther = (one: WaitingItem) => one.kind !== item.kind || one.id !== item.id
  if (before) queryClient.setQueryData(WAITING, { ...before, count: before.count - 1, items: before.items.filter(isOther) })
  return refetchWaiting
}
