import { expect, test } from 'vitest'
import { fc } from '../../test/chance.ts'
import { ENOUGH, findRuns, inEights, type Run, runsOf } from './weeks.ts'

const crowds = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 12 }).map(String), { maxLength: 10 }), { minLength: 60, maxLength: 90 })
const among = (all: string[][], runs: Run[]) => new Set(runs.flatMap(({ from, to }) => all.slice(from, to + 1).flat())).size

/** The runs of a window as a server finds them that must ask for the people of weeks. */
const find = (all: string[][], last: number, weeks: number) =>
  findRuns(last, weeks, all.findIndex((people) => people.length) < 0 ? Infinity : all.findIndex((people) => people.length), async (from, to) => new Map(all.flatMap((people, week) => (week >= from && week <= to && people.length ? [[week, people]] : []))))

test('whichever windows are asked for, and whenever, what lies between two answers is eight people or nobody', async () => {
  const window = fc.constantFrom(4, 12, 52)
  await fc.assert(fc.asyncProperty(crowds, fc.nat(20), fc.nat(20), window, window, async (all, back, earlier, wide, narrow) => {
    const last = all.length - 1
    const [one, other] = [await find(all, last - back, wide), await find(all, last - earlier, narrow)]
    const key = (run: Run) => `${run.from}-${run.to}`
    const [ones, others] = [new Set(one.map(key)), new Set(other.map(key))]
    for (const apart of [one, one.filter((run) => !others.has(key(run))), other.filter((run) => !ones.has(key(run)))])
      expect([0, ENOUGH]).toContain(Math.min(among(all, apart), ENOUGH))
    // Runs are the same ones or stand apart: two that overlap would tell what lies between them.
    for (const a of one) for (const b of other) expect(key(a) === key(b) || a.to < b.from || b.to < a.from).toBe(true)
  }))
})

test('a window is cut as the whole history is, and reaches back to where its first run begins', async () => {
  await fc.assert(fc.asyncProperty(crowds, fc.constantFrom(4, 12, 52), async (all, weeks) => {
    const last = all.length - 1
    const first = all.findIndex((people) => people.length)
    const whole = first < 0 ? [] : runsOf(new Map(all.entries()), first, last).filter((run) => run.to > last - weeks)
    expect(await find(all, last, weeks)).toEqual(whole)
  }))
})

test('numbers of people are told in eights', () => {
  expect([0, 7, 8, 15, 16].map(inEights)).toEqual([0, 0, 8, 8, 16])
})
