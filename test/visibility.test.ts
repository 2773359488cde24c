import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Oracle } from './oracle.ts'
import { histories, prelude } from './visibility-moves.ts'
import { look } from './visibility-surfaces.ts'
import { World } from './visibility-world.ts'

/** How many histories of each seed; a night may take many more. */
const RUNS = Number(process.env.VISIBILITY_RUNS ?? 3)
const FIXED = 20_26_07_01
const SHRINK = process.env.VISIBILITY_SHRINK === '1'

async function play(history: Iterable<fc.AsyncCommand<Oracle, World, true>>): Promise<void> {
  const world = await World.open()
  try {
    await world.turn(() => prelude(world))
    await fc.asyncModelRun(() => ({ model: world.oracle, real: world }), history)
    await world.turn(() => look(world))
  } finally {
    await world.close()
  }
}

const check = (seed: number, runs: number) =>
  fc.assert(fc.asyncProperty(histories, play), { seed, numRuns: runs, endOnFailure: !SHRINK })

test('in any history each person finds exactly what they may read, through every surface', { timeout: 60_000 + RUNS * 120_000 }, async () => {
  const fresh = Number(process.env.VISIBILITY_SEED ?? Date.now() % 2 ** 31)
  console.log(`visibility: seeds ${FIXED} and ${fresh} (VISIBILITY_SEED=${fresh} plays it again), ${RUNS} histories each`)
  await check(FIXED, RUNS)
  await check(fresh, RUNS)
  expect(RUNS).toBeGreaterThan(0)
})
