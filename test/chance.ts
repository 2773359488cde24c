import fc from 'fast-check'
import { randomFrom } from '../server/kernel/graph/random.ts'

/** Where chance begins in the tests: always here, so that a run repeats the one before; `npm run test:long` begins elsewhere, and says where. */
export const SEED = Number(process.env.FOLKMOOT_SEED || 20_26_07_01)

/** How often to try something that chance decides; a long run tries many times as often. */
export const rounds = (often: number, long = 20 * often): number => (process.env.FOLKMOOT_LONG ? long : often)

/** Numbers from 0 to 1. */
export const random = randomFrom(SEED)

fc.configureGlobal({ seed: SEED, numRuns: rounds(100) })

export { default as fc } from 'fast-check'
