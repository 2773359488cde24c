import { useQuery } from '@tanstack/react-query'
import { api } from '../../kernel/api.ts'

export type Rail = { favourites: string[]; sequence: string[]; unread_first: boolean }
export const RAIL = ['rail']
export const PLAIN: Rail = { favourites: [], sequence: [], unread_first: false }

/** How I have my rail; as it comes until that is known. */
export const useRail = () => useQuery({ queryKey: RAIL, queryFn: ({ signal }) => api.get<Rail>('/me/rail', {}, signal) }).data ?? PLAIN

/** Items in the order that was given them, the others behind, in theirs. */
export function inOrder<T extends { id: string }>(items: T[], sequence: string[]): T[] {
  const place = new Map(sequence.map((id, at) => [id, at]))
  const placeOf = ({ id }: T) => place.get(id) ?? sequence.length
  return items.toSorted((a, b) => placeOf(a) - placeOf(b))
}
