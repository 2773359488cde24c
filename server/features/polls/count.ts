import { schulze, type Won } from '../../kernel/schulze.ts'
import type { Choice, Method, Option } from './policy.ts'

/**
 * How votes were counted. `tally`: how many chose each option, or have it first; `pairs` and `paths`, for a ranking, as `schulze` gives
 * them. `winner` is what most chose; null where several did as often, which are `tied` then.
 */
export type Count = Won & { votes: number; tally: { option: string; votes: number }[]; pairs?: number[][]; paths?: number[][] }

/** Counts votes; their order does not matter. */
export function count(method: Method, options: Option[], choices: Choice[]): Count {
  const ids = options.map(({ id }) => id)
  const tally = ids.map((option) => ({ option, votes: choices.filter((choice) => (method === 'ranked' ? choice[0] === option : choice.includes(option))).length }))
  if (method === 'ranked') return { votes: choices.length, tally, ...schulze(ids, choices) }
  const most = Math.max(1, ...tally.map(({ votes }) => votes))
  const first = tally.filter(({ votes }) => votes === most).map(({ option }) => option)
  return { votes: choices.length, tally, winner: first.length === 1 ? first[0] : null, tied: first.length > 1 ? first : [] }
}
