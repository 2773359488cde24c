import { queryClient } from '../../kernel/query.ts'
import type { Entry, Space } from '../../kernel/types.ts'

/** Authors remove their own; hosts remove what does not belong in their space. The server decides, this only shows. */
export function mayRemove(entry: Entry, me: string) {
  const spaces = [queryClient.getQueryData<Space>(['space', entry.space]), ...(queryClient.getQueryData<Space[]>(['spaces', 'mine']) ?? [])]
  const space = spaces.find((one) => one?.id === entry.space)
  return entry.author === me || !!space?.my.may_manage
}
