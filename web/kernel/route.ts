import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** A part of the path: `/spaces/$id` → useParam('id'). */
export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  return params[name] ?? ''
}

/** A search parameter of the address, or undefined. */
export function useSearchParam(name: string): string | undefined {
  return (useSearch({ strict: false }) as Record<string, string | undefined>)[name]
}

/** Sets search parameters of the present address; undefined removes one. */
export function useSetSearch() {
  const navigate = useNavigate()
  return useCallback((change: Record<string, string | undefined>, replace = false) =>
    navigate({ to: '.', search: ((before: object) => ({ ...before, ...change })) as never, replace }), [navigate])
}

/** The thread at the right: which one, and how to open and close it from anywhere. */
export function useThread() {
  const openId = useSearchParam('thread')
  const setSearch = useSetSearch()
  const open = useCallback((id: string) => setSearch({ thread: id }), [setSearch])
  const close = useCallback(() => setSearch({ thread: undefined }), [setSearch])
  return { openId, open, close }
}
