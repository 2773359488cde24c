import { useEffect, useState } from 'react'
import type { Present } from '../../../server/features/facts/schema.ts'
import { placesOf } from '../../core/entries/on-screen.ts'
import { api } from '../../kernel/api.ts'
import { usePages } from '../../kernel/query.ts'
import './apply.ts'
import type { State } from './apply.ts'

placesOf('facts', ([, space]) => [String(space)])

/** What holds in a space; what changed last comes first. */
export const useFacts = (space: string, state: State, q: string) =>
  usePages<Present>(['facts', space, state, q], `/spaces/${space}/facts`, { ...(state !== 'all' && { state }), q })

/** How long one has had the board before one has looked at it. */
const LOOK = 2000

/**
 * Up to which change of a space's facts I had looked when I came; what is on the screen for a moment has been looked at, and is
 * new no longer when I come again.
 */
export function usePosition(space: string, page: object | undefined, newest: string | undefined): string | null | undefined {
  const [before, setBefore] = useState<string | null>()
  const position = page && (page as { position: string | null }).position
  useEffect(() => {
    if (before === undefined && position !== undefined) setBefore(position)
  }, [position])
  useEffect(() => {
    if (!newest || (position && newest <= position)) return
    const timer = setTimeout(() => document.visibilityState === 'visible' && void api.put(`/spaces/${space}/facts/position`, { to: newest }).catch(() => {}), LOOK)
    return () => clearTimeout(timer)
  }, [newest, position === undefined])
  return before
}
