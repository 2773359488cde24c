import { expect, test } from 'vitest'
import { halfLifeOf, keyOf, type Sighting, sideOf, whatHolds } from './policy.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0)

const saw = (person: string, side: string, at: number, more: Partial<Sighting> = {}): Sighting =>
  ({ person, side, fact: `${side}${person}`, at: START + at, sure: 0.75, until: null, ...more })
const holds = (...sightings: Sighting[]) => {
  const holding = whatHolds(sightings)!
  return [holding.sides[0].side, holding.isDisputed]
}

test('what one saw holds, and is surer with each who saw it, too, by themselves', () => {
  const one = whatHolds([saw('ann', 'open', 0)])!
  expect(one).toMatchObject({ isDisputed: false, sure: 0.75, sides: [{ people: 1, share: 1, person: 'ann' }] })
  const two = whatHolds([saw('ann', 'open', 0), saw('bob', 'open', HOUR)])!
  expect(two.sure).toBeGreaterThan(0.85)
  // The same person again is no second one.
  const again = whatHolds([saw('ann', 'open', 0), saw('ann', 'open', HOUR)])!
  expect(again.sure).toBeCloseTo(0.75)
  expect(again.sides[0]).toMatchObject({ people: 1, at: START + HOUR })
})

test('whoever sees otherwise makes it disputed; one more decides', () => {
  const [ann, bob] = [saw('ann', 'open', 0), saw('bob', 'shut', HOUR)]
  expect(holds(ann, bob)[1]).toBe(true)
  expect(holds(ann, bob, saw('eve', 'shut', 2 * HOUR))).toEqual(['shut', false])
  expect(holds(ann, bob, saw('eve', 'open', 2 * HOUR))).toEqual(['open', false])
})

test('one who sees otherwise later than all others is not outvoted by what they saw before', () => {
  const many = ['ann', 'bob', 'carl', 'dora'].map((name, at) => saw(name, 'open', at * HOUR))
  expect(holds(...many, saw('eve', 'shut', 6 * HOUR))).toEqual(['open', true])
  expect(holds(...many, saw('eve', 'shut', 6 * HOUR), saw('fred', 'open', 7 * HOUR))).toEqual(['open', false])
})

test('what is over does not stand against what took its place; what is seen of it later does', () => {
  const many = ['ann', 'bob', 'carl'].map((name, at) => saw(name, 'open', at * HOUR))
  const over = saw('eve', 'shut', DAY, { ends: 'open' })
  expect(holds(...many, over)).toEqual(['shut', false])
  expect(holds(...many, over, saw('bob', 'open', 2 * DAY))[1]).toBe(true)
})

test('how fast a sighting ages is learnt from how often the subject changed', () => {
  const slow = [saw('ann', 'a', 0), saw('bob', 'a', 30 * DAY)]
  const fast = ['a', 'a', 'b', 'b', 'a', 'a', 'b', 'b'].map((side, at) => saw(`p${at % 3}`, side, at * 3 * HOUR))
  expect(halfLifeOf(slow)).toBe(30 * DAY)
  expect(halfLifeOf(fast)).toBe(7 * HOUR)
  // One alone may be mistaken: no change.
  expect(halfLifeOf([saw('ann', 'a', 0), saw('bob', 'a', HOUR), saw('eve', 'b', 2 * HOUR), saw('bob', 'a', 3 * HOUR)])).toBe(14 * DAY)
})

test('it grows stale with its age, or when who saw it last said so', () => {
  expect(whatHolds([saw('ann', 'a', 0)])!.staleAt).toBe(START + 14 * DAY)
  expect(whatHolds([saw('ann', 'a', 0, { until: START + DAY })])!.staleAt).toBe(START + DAY)
  expect(whatHolds([saw('ann', 'a', 0, { until: START + DAY }), saw('bob', 'a', 2 * DAY)])!.staleAt).toBe(START + 16 * DAY)
})

test('in whatever order sightings come, and however they are split, the answer is the same', () => {
  let seed = 7
  const roll = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n
  for (let round = 0; round < 400; round++) {
    const set = Array.from({ length: 1 + roll(12) }, (_, n): Sighting => ({
      fact: `f${n}`, side: 'abc'[roll(3)], person: `p${roll(5)}`, at: START + roll(6) * 5 * HOUR, sure: [0.5, 0.75, 0.95][roll(3)],
      until: roll(4) ? null : START + roll(60) * HOUR, ends: roll(5) ? null : 'abc'[roll(3)],
    }))
    const whole = whatHolds(set)
    for (let turn = 0; turn < 4; turn++) {
      // Two who each got a part, and then the other's.
      const cut = roll(set.length + 1)
      const [one, other] = [set.slice(0, cut), set.slice(cut)]
      expect(whatHolds([...other.toReversed(), ...one])).toEqual(whole)
      expect(whatHolds(set.toSorted(() => roll(3) - 1))).toEqual(whole)
    }
    expect(whole!.sides.reduce((all, { share }) => all + share, 0)).toBeCloseTo(1)
    expect(whole!.sure).toBeGreaterThan(0)
    expect(whole!.sure).toBeLessThan(1)
  }
})

test('the same in other signs is the same', () => {
  expect(keyOf('  Line 4:  TORQUE. ')).toBe('line 4: torque')
  expect(sideOf({ type: 'number', number: 0.1 + 0.2, unit: 'Nm' }, '')).toBe(sideOf({ type: 'number', number: 0.3, unit: 'nm' }, 'x'))
  expect(sideOf(null, 'The gate is shut.')).toBe(sideOf(null, 'the gate is shut'))
  expect(sideOf({ type: 'text', text: 'shut' }, 'x')).not.toBe(sideOf(null, 'shut'))
})
