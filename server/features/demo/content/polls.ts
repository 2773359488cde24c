/**
 * What the people of the sample company are asked to choose, by the name that its thread has in the script. `closes`: after how many days; `said`: who
 * chose what, in this order; of an anonymous one only how many chose each option, and who got a ballot.
 */
export type PollScript = {
  method: 'single' | 'multiple'; options: string[]; closes: number; state: 'open' | 'closed'; tally: number[]
  said: Record<string, string[]>; ballots: string
}

export const polls: Record<string, PollScript> = {
  hut: {
    method: 'multiple', options: ['Ribniška koča, both days', 'Areh, Saturday only', 'The Drava by boat, if it rains'], closes: 9, state: 'open', tally: [4, 3, 4], ballots: '',
    said: { nejc: ['1', '3'], zala: ['1', '2'], lan: ['2', '3'], soren: ['1'], joost: ['3'], olena: ['1', '2'], caua: ['3'] },
  },
  'night-canteen': {
    method: 'single', options: ['Warm food from 01:00 to 02:00', 'A fridge that we fill', 'As it is'], closes: 5, state: 'closed', tally: [14, 6, 2], said: {},
    ballots: 'andrej dejan fatmir nejc luka zala olena ivana tomaz jure henning lan ruediger agnieszka mehmet jonas friederike thiago juliana beatriz achieng kamau wambui',
  },
}
