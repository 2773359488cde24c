import type { Figures } from './schema.ts'

/** What kind of place a space is, by how many of its threads others answer. */
export function verdictOf({ threads, answered }: Pick<Figures, 'threads' | 'answered'>) {
  if (!threads) return 'silent'
  const share = answered / threads
  return share >= 0.5 ? 'conversation' : share >= 0.2 ? 'some' : 'broadcast'
}

/** Much hangs on few where half of all answers are from or to one person, or four of five from or to two. */
export const hangsOnFew = ({ share_of_one, share_of_two }: Pick<Figures, 'share_of_one' | 'share_of_two'>): boolean =>
  (share_of_one ?? 0) >= 50 || (share_of_two ?? 0) >= 80

/** Answers come late where fewer than half of what is answered at all is answered within a day. */
export const answersLate = ({ answered, answered_in_a_day }: Pick<Figures, 'answered' | 'answered_in_a_day'>): boolean =>
  answered >= 4 && answered_in_a_day < answered / 2
