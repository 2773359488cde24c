import type { canReply } from '../../core/spaces/policy.ts'

/** Where one may say what is so. */
export const STARTS_IN = ['community', 'profile'] as const

/** How sure somebody is who says "low", "medium" or "high". */
export const CONFIDENCE = { low: 0.5, medium: 0.75, high: 0.95 } as const
export type Confidence = keyof typeof CONFIDENCE

/** The word for a share. */
export const confidenceOf = (share: number): Confidence => (share < 0.65 ? 'low' : share < 0.9 ? 'medium' : 'high')

type Fact = { state: 'published' | 'removed' }
type Place = Parameters<typeof canReply>[1]

/** Whoever may answer a fact has seen it so, too, or sees it otherwise. */
export const canConfirm = (fact: Fact, space: Place & { my: { may_post: boolean } }, actor: { role: string }): boolean =>
  fact.state === 'published' && space.state === 'active' && (space.my.may_post || (space.kind === 'profile' && actor.role !== 'guest'))

/** Words that are about the same, as one key. */
export const keyOf = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/[\s\p{P}]+$/u, '').replace(/\s+/g, ' ').trim()

export type Value = { type: 'number'; number: number; unit: string } | { type: 'date'; date: string } | { type: 'choice' | 'text'; text: string }

/** What a fact says of its subject, as one key: those with the same one agree. Where there is no value, the claim itself is it. */
export function sideOf(value: Value | null, claim: string): string {
  if (!value) return `is ${keyOf(claim)}`
  if (value.type === 'number') return `= ${Number(value.number.toPrecision(9))} ${keyOf(value.unit)}`
  return `= ${value.type === 'date' ? value.date : keyOf(value.text)}`
}

/** That somebody saw something so: by writing a fact, or by confirming one. Times are milliseconds, and those of the sighting, not of its arrival. */
export type Sighting = {
  fact: string; side: string; person: string; at: number
  /** how sure they are, from 0 to 1 */
  sure: number
  /** up to when it holds, as they say */
  until: number | null
  /** which side it says to be over, by taking its place */
  ends?: string | null
}

export type Side = { side: string; /** the fact that says so, of the newest sighting */ fact: string; people: number; share: number; at: number; person: string }
/** What holds: the first of the sides; `sure` is how much speaks for it, from 0 to 1, at the moment of the newest sighting. */
export type Holding = { sides: Side[]; isDisputed: boolean; sure: number; staleAt: number }

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A side is clearly ahead that has so many times what the next one has. */
const CLEARLY = 1.5
const UNKNOWN = 14 * DAY
const [SHORTEST, LONGEST] = [6 * HOUR, 90 * DAY]

const order = (a: Sighting, b: Sighting) => a.at - b.at || compare(a.fact, b.fact) || compare(a.person, b.person)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * What holds of one subject: a function of the set of sightings and of their own times alone, so that whoever has the same
 * sightings has the same answer, in whatever order they came. The rule, with its reasons: docs/decisions/0025.
 */
export function whatHolds(sightings: Sighting[]): Holding | null {
  if (!sightings.length) return null
  const all = [...sightings].sort(order)
  const half = halfLifeOf(all)
  const newest = all.at(-1)!
  const voices = voicesOf(all)
  const weight = (one: Sighting) => one.sure * 2 ** ((one.at - newest.at) / half)
  const sides = [...Map.groupBy(voices, ({ side }) => side)].map(([side, those]) => ({ side, those, last: those.at(-1)!, weight: sum(those.map(weight)) }))
    .sort((a, b) => b.weight - a.weight || order(b.last, a.last) || compare(a.side, b.side))
  const [first, second] = sides
  const total = sum(sides.map((one) => one.weight))
  const isDisputed = !!second && (first.weight < CLEARLY * second.weight || sides.some(({ last }) => last.at > first.last.at))
  const { until, at } = first.last
  return {
    sides: sides.map(({ side, those, last, weight: its }) => ({ side, fact: last.fact, people: those.length, share: its / total, at: last.at, person: last.person })),
    isDisputed,
    sure: (first.weight / total) * (1 - first.those.reduce((doubt, one) => doubt * (1 - weight(one)), 1)),
    staleAt: until !== null && until > at ? until : at + 2 * half,
  }
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

/** Everybody has one voice, their newest; what somebody saw before what they speak for was over is none. */
function voicesOf(all: Sighting[]): Sighting[] {
  const over = new Map<string, number>()
  for (const { ends, side, at } of all) if (ends && ends !== side) over.set(ends, at)
  const last = new Map(all.map((one) => [one.person, one]))
  return all.filter((one) => last.get(one.person) === one && !(one.at < (over.get(one.side) ?? 0)))
}

/**
 * In what time a sighting loses half of its weight: as long as this subject stayed the same on average. A change counts where
 * two people saw the new state one after the other, since one alone may be mistaken.
 */
export function halfLifeOf(all: Sighting[]): number {
  const states: string[] = []
  for (let from = 0; from < all.length;) {
    let to = from
    const people = new Set<string>()
    for (; to < all.length && all[to].side === all[from].side; to++) people.add(all[to].person)
    if (people.size > 1 && states.at(-1) !== all[from].side) states.push(all[from].side)
    from = to
  }
  const span = all.length ? all.at(-1)!.at - all[0].at : 0
  return states.length > 1 ? Math.min(LONGEST, Math.max(SHORTEST, span / (states.length - 1))) : Math.min(LONGEST, Math.max(UNKNOWN, span))
}
