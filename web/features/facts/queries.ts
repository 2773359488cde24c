import { useEffect, useState } from 'react'
import type { Present } from '../../../server/features/facts/schema.ts'
import { placesOf } from '../../core/entries/on-screen.ts'
import { api } from '../../kernel/api.ts'
import { type Pages, queryClient, usePages } from '../../kernel/query.ts'
import './apply.ts'
import type { State } from './apply.ts'

placesOf('facts', ([, space]) => [String(space)])

/** What holds in a space; what changed last comes first. */
export const useFacts = (space: string, state: State, q: string) =>
  usePages<Present>(['facts', space, state, q], `/spaces/${space}/facts`, { ...(state !== 'all' && { state }), q })

/** What changed after a change, the first of it first: so whoever has little time loses none of it. */
export const useFresh = (space: string, since: string | null | undefined) =>
  usePages<Present>(['facts', space, 'since', since ?? ''], `/spaces/${space}/facts`, { since }, { enabled: !!since })

/** How long one has had the board before one has looked at it. */
const LOOK = 2000

/** Up to which change of a space's facts I had looked when I came. */
export function usePosition(page: object | undefined): string | null | undefined {
  const [before, setBefore] = useState<string | null>()
  const position = page && (page as { position: string | null }).position
  useEffect(() => {
    if (before === undefined && position !== undefined) setBefore(position)
  }, [position])
  return before
}

/** What has been on the screen for a moment has been looked at, and is new no longer when I come again. */
export function useLooking(space: string, to: string | undefined) {
  useEffect(() => {
    if (!to) return
    const timer = setTimeout(() => document.visibilityState === 'visible' && void look(space, to).catch(() => {}), LOOK)
    return () => clearTimeout(timer)
  }, [space, to])
}

async function look(space: string, position: string) {
  await api.put(`/spaces/${space}/facts/position`, { to: position })
  queryClient.setQueriesData<Pages<Present>>({ queryKey: ['facts', space] }, (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, position })) })
}
