import { useQuery } from '@tanstack/react-query'
import { everyPage, queryClient } from '../../kernel/query.ts'

export type OwnEmoji = { id: string; name: string; aliases: string[]; url: string; by: string | null }
type Known = { list: OwnEmoji[]; byName: Map<string, OwnEmoji> }

const KEY = ['emoji']
const ownEmoji = {
  queryKey: KEY,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Known> => {
    const list = await everyPage<OwnEmoji>('/emoji', {}, signal)
    return { list, byName: new Map(list.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const))) }
  },
}
/** A name that is not known is asked for again after so long: somebody may have added it meanwhile. */
const AGAIN_MS = 60_000

/** The emoji of this network. */
export const useOwnEmoji = () => useQuery(ownEmoji).data
export const findOwnEmoji = () => queryClient.ensureQueryData(ownEmoji)
export const askForEmojiAgain = () => void queryClient.invalidateQueries({ queryKey: KEY })

/** The emoji of this network that is called so, where there is one. */
export function useEmojiCalled(name: string): OwnEmoji | undefined {
  const { data, dataUpdatedAt, isFetching } = useQuery(ownEmoji)
  const found = data?.byName.get(name)
  if (data && !found && !isFetching && dataUpdatedAt < Date.now() - AGAIN_MS) queueMicrotask(askForEmojiAgain)
  return found
}
