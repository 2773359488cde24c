import type { canReply } from '../../core/spaces/policy.ts'

/** Where one may say what is so. */
export const STARTS_IN = ['community', 'profile'] as const

/** How sure somebody is who says "low", "medium" or "high". */
export const CONFIDENCE = { low: 0.6, medium: 0.75, high: 0.85 } as const
export type Confidence = keyof typeof CONFIDENCE

/** The word for a share. */
export const confidenceOf = (share: number): Confidence => (share < 0.7 ? 'low' : share < 0.8 ? 'medium' : 'high')

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
/** A side is clearly ahead that is so many times as likely as the next one. */
const CLEARLY = 3
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
  const last = new Map(all.map((one) => [one.person, one]))
  const voices = all.filter((one) => last.get(one.person) === one)
  const likely = likelihoods(voices, half)
  const known = sum([...likely.values()])
  const sides = [...Map.groupBy(voices, ({ side }) => side)].map(([side, those]) => ({ side, those, last: those.at(-1)!, likely: likely.get(side)! }))
    .sort((a, b) => b.likely - a.likely || order(b.last, a.last) || compare(a.side, b.side))
  const [first, second] = sides
  const { until, at } = first.last
  return {
    sides: sides.map(({ side, those, last, likely: its }) => ({ side, fact: last.fact, people: those.length, share: its / known, at: last.at, person: last.person })),
    isDisputed: !!second && (first.likely < CLEARLY * second.likely || sides.some((one) => one.last.at > at)),
    sure: first.likely,
    staleAt: until !== null && until > at ? until : at + half,
  }
}

/** How likely each side is after all of this was seen, in the order of its own times; what is left to one is what nobody saw. */
function likelihoods(voices: Sighting[], half: number): Map<string, number> {
  const likely = new Map(voices.map(({ side }) => [side, 0]))
  const states = likely.size + 1
  for (const side of likely.keys()) likely.set(side, 1 / states)
  let unseen = 1 / states
  let before = voices[0].at
  /** Gives to all what a share of each side turns into. */
  const mix = (stays: (side: string) => number) => {
    let moved = 0
    for (const [side, its] of likely) {
      const left = its * (1 - stays(side))
      moved += left
      likely.set(side, its - left)
    }
    const left = unseen * (1 - stays(''))
    unseen += (moved + left) / states - left
    for (const [side, its] of likely) likely.set(side, its + (moved + left) / states)
  }
  for (const { side: seen, at, sure, ends } of voices) {
    // Since then it may have changed.
    const stays = 2 ** ((before - at) / half)
    mix(() => stays)
    if (ends && ends !== seen) mix((side) => (side === ends ? 1 - sure : 1))
    const wrong = (1 - sure) / (states - 1)
    for (const [side, its] of likely) likely.set(side, its * (side === seen ? sure : wrong))
    unseen *= wrong
    const all = unseen + sum([...likely.values()])
    for (const [side, its] of likely) likely.set(side, its / all)
    unseen /= all
    before = at
  }
  return likely
}

/**
 * In what time it is as likely as not that a subject has changed: as long as it stayed the same on average. A change counts where
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

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

/**
 * Where a subject stands for those who come back. `changed`: the newest change of what holds, or the beginning of a dispute that is not over · `calm`: of the
 * state before that, `calmSide`, to which it goes back when the dispute ends as it was: then nothing changed.
 */
export type Standing<Id = number> = { side: string | null; disputed: boolean; changed: Id; calm: Id; calmSide: string | null }

/** The same after what holds was derived anew. */
export function standing<Id>(before: Standing<Id>, { sides: [{ side }], isDisputed: disputed }: Holding, next: () => Id): Standing<Id> {
  const { calm, calmSide } = before
  if (!disputed && side === calmSide) return { side, disputed, changed: calm, calm, calmSide }
  if (disputed && before.disputed && before.side === side) return before
  const changed = next()
  return disputed ? { side, disputed, changed, calm, calmSide } : { side, disputed, changed, calm: changed, calmSide: side }
}
