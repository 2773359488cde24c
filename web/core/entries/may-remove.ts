import { queryClient } from '../../kernel/query.ts'
import type { Entry, Space } from '../../kernel/types.ts'

/** A space as far as it was fetched: nothing is asked for only because of it. */
export function knownSpace(id: string): Space | undefined {
  const spaces = [queryClient.getQueryData<Space>(['space', id]), ...(queryClient.getQueryData<Space[]>(['spaces', 'mine']) ?? [])]
  return spaces.find((one) => one?.id === id)
}

/** Authors remove their own; hosts remove what does not belong in their space. The server decides, this only shows. */
export const mayRemove = (entry: Entry, me: string) => entry.author === me || !!knownSpace(entry.space)?.my.may_manage
