import { useQueryClient } from '@tanstack/react-query'
import { useMe } from '../../kernel/session.tsx'
import type { Entry, Space } from '../../kernel/types.ts'

/** A space as far as it was fetched: nothing is asked for only because of it. */
export function useKnownSpace(id: string): Space | undefined {
  const client = useQueryClient()
  const spaces = [client.getQueryData<Space>(['space', id]), ...(client.getQueryData<Space[]>(['spaces', 'mine']) ?? [])]
  return spaces.find((one) => one?.id === id)
}

/** Authors remove their own; hosts remove what does not belong in their space. The server decides, this only shows. */
export function useMayRemove(entry: Entry) {
  const me = useMe()
  const space = useKnownSpace(entry.space)
  return entry.author === me.id || !!space?.my.may_manage
}
