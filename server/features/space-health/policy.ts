import type { Figures, Verdict } from './schema.ts'

/**
 * What kind of place a space is, by how many of its threads others answer; and where few are, by who begins them: two people
 * at least half (a broadcast), or many (they write side by side).
 */
export function verdictOf({ threads, answered, begun_by_two }: { threads: number; answered: number; begun_by_two: number }): Verdict {
  if (!threads) return 'silent'
  const share = answered / threads
  if (share >= 0.5) return 'conversation'
  return share >= 0.2 ? 'some' : begun_by_two >= threads / 2 ? 'broadcast' : 'beside'
}

/** Much hangs on few where half of all answers are from or to one person, or four of five from or to two. */
export const hangsOnFew = ({ share_of_one, share_of_two }: Pick<Figures, 'share_of_one' | 'share_of_two'>): boolean =>
  (share_of_one ?? 0) >= 50 || (share_of_two ?? 0) >= 80

/** Answers come late where fewer than half of what is answered at all is answered within a day. */
export const answersLate = ({ answered, answered_in_a_day }: Pick<Figures, 'answered' | 'answered_in_a_day'>): boolean =>
  answered >= 4 && answered_in_a_day < answered / 2
