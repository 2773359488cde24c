import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { queryClient } from './query.ts'
import type { Unread } from './types.ts'

const UNREAD = ['unread']
const NONE: Unread = { spaces: {}, inbox: 0, muted: [], muted_spaces: [] }

/** Unread entries per space and unread groups of the inbox, the same on every device. */
export function useUnread(): Unread {
  const { data } = useQuery({ queryKey: UNREAD, queryFn: ({ signal }) => api.get<Unread>('/unread', {}, signal) })
  return data ?? NONE
}

export function setUnread(change: (unread: Unread) => Unread) {
  queryClient.setQueryData<Unread>(UNREAD, (unread) => unread && change(unread))
}

/** Counts go by the events that follow on them. What was fetched while events were missing may have counted some already. */
export const verifyUnread = () => queryClient.invalidateQueries({ queryKey: UNREAD })
