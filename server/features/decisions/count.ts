import { schulze, type Won } from '../../kernel/schulze.ts'
import type { Choice, Method, Option } from './policy.ts'

/**
 * How voices were counted. `winner` is null where the count names none; `tied` then are those between which it does not choose.
 * `tally`: for each option how many prefer it, and how many object to it; of a ranking, how many have it first.
 * `pairs` and `paths`, for a ranking: in the order of the options, how many prefer the one of the row to the one of the column,
 * and how strong the strongest path is that leads there.
 */
export type Count = {
  voices: number; abstained: number; winner: string | null; tied: string[]
  tally: { option: string; prefer: number; object: number }[]
  pairs?: number[][]; paths?: number[][]
}

/** Counts the voices of those who took a position; their order does not matter. docs/decisions/0026 gives the reasons. */
export function count(method: Method, options: Option[], choices: Choice[]): Count {
  const ids = options.map(({ id }) => id)
  const spoken = choices.filter((choice) => choice.ranking || choice.option || choice.objects?.length)
  const tally = ids.map((option) => ({
    option, prefer: spoken.filter((choice) => (choice.ranking?.[0] ?? choice.option) === option).length, object: spoken.filter((choice) => choice.objects?.includes(option)).length,
  }))
  const base = { voices: spoken.length, abstained: choices.length - spoken.length, tally }
  if (method === 'ranked') return { ...base, ...schulze(ids, spoken.map(({ ranking }) => ranking ?? [])) }
  if (method === 'consent') return { ...base, ...mostPreferred(tally.filter(({ object }) => object === 0)) }
  if (method === 'majority') return { ...base, ...majority(tally) }
  // The decider hears advice, and is bound by none of it.
  return { ...base, winner: null, tied: [] }
}

type Tally = Count['tally']

/** Of what nobody objects to, what most prefer. Where nobody prefers anything, nothing was consented to. */
function mostPreferred(tally: Tally): Won {
  const most = Math.max(0, ...tally.map(({ prefer }) => prefer))
  const first = most ? tally.filter(({ prefer }) => prefer === most).map(({ option }) => option) : []
  return first.length === 1 ? { winner: first[0], tied: [] } : { winner: null, tied: first }
}

/** More than half of those who chose something. */
function majority(tally: Tally): Won {
  const all = tally.reduce((sum, { prefer }) => sum + prefer, 0)
  const winner = tally.find(({ prefer }) => prefer * 2 > all)
  return winner ? { winner: winner.option, tied: [] } : { winner: null, tied: mostPreferred(tally).tied }
}
