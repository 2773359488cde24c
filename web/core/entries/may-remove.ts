import { useQueryClient } from '@tanstack/react-query'
import { useMe } from '../../kernel/session.tsx'
import type { Entry, Space } from '../../kernel/types.ts'

/** Authors remove their own; hosts remove what does not belong in their space. The server decides, this only shows. */
export function useMayRemove(entry: Entry) {
  const me = useMe()
  const client = useQueryClient()
  const spaces = [client.getQueryData<Space>(['space', entry.space]), ...(client.getQueryData<Space[]>(['spaces', 'mine']) ?? [])]
  const space = spaces.find((one) => one?.id === entry.space)
  return entry.author === me.id || !!space?.my.may_manage
}
