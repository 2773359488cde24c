/**
 * What is decided in the sample company, by the name that its thread has in the script. `closes`: after how many days; `said`: who holds what
 * position, in the order in which they spoke; `open`: it is still to be decided.
 */
export type DecisionScript = {
  method: 'consent' | 'ranked'; options: string[]; closes: number; review: number | null
  said: { by: string; choice: { option?: string | null; objects?: string[]; ranking?: string[] }; reason: string; changes?: number; accepts?: boolean }[]
  weights: Record<string, string[]>
  summary: { by: string; text: string; accepted: boolean } | null
  /** null: it is still open. How it was counted is looked over by a test. */
  outcome: { by: string; option: string; reason: string; rejected: string; count: object } | null
}

export const decisions: Record<string, DecisionScript> = {
  'first-money': {
    method: 'ranked', closes: 5, review: 180, options: ['A second end-of-line tester', 'Cameras for the busbar seams', 'A buffer of twelve before station 9'],
    said: [
      { by: 'luka', choice: { ranking: ['1', '2', '3'] }, reason: '' },
      { by: 'jure', choice: { ranking: ['1', '2', '3'] }, reason: 'See above, with the salt.' },
      { by: 'nejc', choice: { ranking: ['2', '1', '3'] }, reason: 'The tester tells us that a pack is bad. The camera would tell us why.' },
      { by: 'ivana', choice: { ranking: ['3', '1', '2'] }, reason: '' },
      { by: 'andrej', choice: { ranking: ['3', '1', '2'] }, reason: 'Against my own words: as long as 9 isn\'t repaired, nights need the buffer.', changes: 1 },
      { by: 'thiago', choice: { ranking: ['1', '3', '2'] }, reason: 'In Joinville we would need it twice anyway.' },
      { by: 'spela', choice: { ranking: ['2', '1', '3'] }, reason: 'I came for the tester. Nejc is right about the honest customer.', changes: 1 },
    ],
    weights: { jure: ['luka', 'thiago', 'ivana', 'spela'], andrej: ['nejc', 'jure'], nejc: ['spela'], spela: ['jure', 'luka', 'andrej'], ivana: ['andrej'] },
    summary: {
      by: 'spela', accepted: false,
      text: 'All agree that a standing tester stops everything, and that station 9 has to be repaired, buffer or not. We part over whether it is worse to find a bad seam late, or to lose eleven minutes each hour.',
    },
    outcome: {
      by: 'tomaz', option: '1', reason: 'It is ahead of both others, one by one, by five to two. Ordered today, delivery in fourteen weeks.',
      rejected: 'The cameras come first next quarter; Nejc keeps the offer warm. No buffer: Andrej and Fatmir get two days for station 9 instead.',
      count: {
        voices: 7, abstained: 0, winner: '1', tied: [], tally: [{ option: '1', prefer: 3, object: 0 }, { option: '2', prefer: 2, object: 0 }, { option: '3', prefer: 2, object: 0 }],
        pairs: [[0, 5, 5], [2, 0, 4], [2, 3, 0]], paths: [[0, 5, 5], [0, 0, 4], [0, 0, 0]],
      },
    },
  },
  alone: {
    method: 'consent', closes: 6, review: 90, options: ['A word when one goes, to a program that counts and forgets', 'A board at each door: in, out', 'Each site as it likes'],
    said: [
      { by: 'kamau', choice: { option: '1', objects: [] }, reason: '' },
      { by: 'joost', choice: { option: '2', objects: [] }, reason: 'We have one, and it needs no battery.' },
      { by: 'friederike', choice: { option: '1', objects: ['3'] }, reason: 'Then whoever works at two sites is counted at none.', changes: 1 },
      { by: 'dejan', choice: { option: '2', objects: [] }, reason: 'The word for the nights, if it were for me. But one for all.' },
    ],
    weights: { kamau: ['dejan', 'katrin', 'agnieszka'], joost: ['dejan', 'mehmet'], friederike: ['agnieszka', 'joost', 'henning'], dejan: ['kamau'] },
    summary: null, outcome: null,
  },
}
