import { useQuery } from '@tanstack/react-query'
import type { PollFacts, PollView, VoteView } from '../../../server/features/polls/shapes.ts'
import { applyAnswer } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { queryClient, usePages } from '../../kernel/query.ts'
import type { Entry } from '../../kernel/types.ts'
// How events change what is fetched here: it comes along with what fetches.
import './apply.ts'

export type { PollFacts, PollView, VoteView }

/** What I have to do with a poll. */
export const usePoll = (id: string) => useQuery({ queryKey: ['poll', id], queryFn: ({ signal }) => api.get<PollView>(`/entries/${id}/poll`, {}, signal) })

export const useVotes = (id: string, enabled: boolean) => usePages<VoteView>(['votes', id], `/entries/${id}/votes`, { limit: 50 }, { enabled })

/** Votes by name; the answer is shown at once. */
export async function vote(id: string, chosen: string[]) {
  const entry = await api.post<Entry>(`/entries/${id}/votes`, { chosen })
  queryClient.setQueryData<PollView>(['poll', id], (view) => view && { ...view, mine: chosen })
  applyAnswer({ type: 'poll.voted', space: entry.space, entry })
}
