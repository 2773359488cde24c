import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { fc, rounds, SEED } from './chance.ts'
import type * as entryVisibility from '../server/core/entries/visibility.ts'
import type * as liveSource from '../server/core/live-source.ts'
import type * as peopleQueries from '../server/core/people/queries.ts'
import type * as spacePolicy from '../server/core/spaces/policy.ts'
import type * as spaceVisibility from '../server/core/spaces/visibility.ts'
import type { Ctx } from '../server/kernel/context.ts'
import type { LoggedEvent } from '../server/kernel/events.ts'
import type { Connection } from '../server/kernel/live-connections.ts'
import './features.ts'
import type { Oracle } from './oracle.ts'
import { histories } from './visibility-moves.ts'
import { ALWAYS, type Mutant, mutants } from './visibility-mutants.ts'
import { prelude } from './visibility-prelude.ts'
import { listenIn, look } from './visibility-surfaces.ts'
import { has, World } from './visibility-world.ts'

/** How many histories; a long run takes many more. */
const RUNS = Number(process.env.VISIBILITY_RUNS ?? rounds(6, 100))
const SHRINK = process.env.VISIBILITY_SHRINK === '1'

// The server that is tested runs in this process. While `mutant` is set, one function of it forgets its check when a
// certain other one asks.
const mutant = vi.hoisted(() => ({ now: null as Mutant | null, hits: 0 }))
const forgets = vi.hoisted(() => (name: string): boolean => {
  if (!mutant.now?.forgets.split(',').includes(name)) return false
  Error.stackTraceLimit = 40
  const isAsked = mutant.now.askedBy.test(new Error('who asks').stack ?? '')
  if (isAsked) mutant.hits++
  return isAsked
})
const everything = sql<boolean>`true`

vi.mock('../server/core/spaces/visibility.ts', async (original) => {
  const real = await original<typeof spaceVisibility>()
  return {
    ...real,
    mayRead: (ctx: Ctx, space?: string) => (forgets('mayRead') ? everything : real.mayRead(ctx, space)),
    visibleSpaces: (ctx: Ctx) => (forgets('visibleSpaces') ? ctx.db.selectFrom('spaces') : real.visibleSpaces(ctx)),
    listedSpaces: (ctx: Ctx) => (forgets('listedSpaces') ? ctx.db.selectFrom('spaces') : real.listedSpaces(ctx)),
    mayMeet: (...args: Parameters<typeof real.mayMeet>) => (forgets('mayMeet') ? everything : real.mayMeet(...args)),
    inReadableSpace: (ctx: Ctx, entry?: string) => (forgets('inReadableSpace') ? () => everything : real.inReadableSpace(ctx, entry)),
  }
})
vi.mock('../server/core/entries/visibility.ts', async (original) => {
  const real = await original<typeof entryVisibility>()
  const { inReadableSpace } = await import('../server/core/spaces/visibility.ts')
  return {
    ...real,
    visibleEntries: (ctx: Ctx) => (forgets('visibleEntries') ? ctx.db.selectFrom('entries').where(real.isShown)
      : forgets('isShown') ? ctx.db.selectFrom('entries').where(inReadableSpace(ctx)) : real.visibleEntries(ctx)),
    visibleEvents: (ctx: Ctx) => (forgets('visibleEvents') ? ctx.db.selectFrom('events').where('events.seq', 'is not', null) : real.visibleEvents(ctx)),
  }
})
vi.mock('../server/core/people/queries.ts', async (original) => {
  const real = await original<typeof peopleQueries>()
  return { ...real, visiblePeople: (ctx: Ctx) => (forgets('visiblePeople') ? ctx.db.selectFrom('people') : real.visiblePeople(ctx)) }
})
vi.mock('../server/core/spaces/policy.ts', async (original) => {
  const real = await original<typeof spacePolicy>()
  return { ...real, canManageSpace: (...args: Parameters<typeof real.canManageSpace>) => forgets('canManageSpace') || real.canManageSpace(...args) }
})
vi.mock('../server/core/live-source.ts', async (original) => {
  const real = await original<typeof liveSource>()
  return {
    makeLiveSource: (host: Parameters<typeof real.makeLiveSource>[0]) => {
      const source = real.makeLiveSource<Connection>(host)
      const mayReceive: typeof source.mayReceive = (event, later) =>
        forgets('mayReceive') ? () => true : source.mayReceive(forgets('addressed') ? { ...event, type: '' } : event, later)
      const mayWatch: typeof source.mayWatch = (reader, space) => forgets('mayWatch') || source.mayWatch(reader, space)
      const fold = (event: LoggedEvent) => (forgets(`fold ${event.type}`) ? undefined : source.fold(event))
      return { ...source, mayReceive, mayWatch, fold }
    },
  }
})

async function play(history: Iterable<fc.AsyncCommand<Oracle, World, true>>): Promise<void> {
  const world = await World.open({ listenIn, look })
  try {
    await prelude(world)
    await fc.asyncModelRun(() => ({ model: world.oracle, real: world }), history)
    await world.turn(() => look(world))
  } finally {
    await world.close()
  }
}

test('in any history each person finds exactly what they may read, through every surface', { timeout: 120_000 + RUNS * 240_000 }, async () => {
  console.log(`visibility: ${RUNS} histories from the seed ${SEED}`)
  await fc.assert(fc.asyncProperty(histories(), play), { numRuns: RUNS, endOnFailure: !SHRINK })
})

const tried = mutants.filter(({ name }) => process.env.MUTANTS === '1' || ALWAYS.includes(name)).filter(({ name }) => name !== 'search' || has('GET', '/search'))

test.each(tried)('it would be noticed if a check were missing: $name', { timeout: 240_000 }, async (one) => {
  mutant.now = one
  mutant.hits = 0
  const fault = await play([]).then(() => '', (error) => String(error.message))
  mutant.now = null
  expect(mutant.hits).toBeGreaterThan(0)
  expect(fault, 'nobody noticed').not.toBe('')
  // It must be noticed as a leak, and not because the server breaks.
  expect(fault).not.toMatch(/answers 5\d\d/)
})
