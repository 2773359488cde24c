import { expect, test, vi } from 'vitest'
import type * as tieQueries from '../server/core/ties/queries.ts'
import type { Client } from '../server/scene.ts'
import { rounds, SEED } from './chance.ts'
import './features.ts'
import { deedsOf, setStage } from './metamorphic-stage.ts'
import { changes, idsOf, look, pathsFor } from './metamorphic-views.ts'

/** So many rounds; a long run plays many more. */
const ROUNDS = Number(process.env.METAMORPHIC_ROUNDS ?? rounds(2))
const DEEDS = 12

// The server that is tested runs in this process. While one is set, what it names is made of private ties, too.
const mutant = vi.hoisted(() => ({ now: '' }))
vi.mock('../server/core/ties/queries.ts', async (original) => {
  const { sql } = await import('kysely')
  const real = await original<typeof tieQueries>()
  return {
    ...real,
    loadOpenTies: (...args: Parameters<typeof real.loadTies>) => (mutant.now === 'communities' ? real.loadTies(...args) : real.loadOpenTies(...args)),
    ownTies: (ctx: Parameters<typeof real.ownTies>[0]) => (mutant.now === 'suggestions' ? sql`(
      select to_id as other, week, count from ties where from_id = ${ctx.actor.id} union all select from_id, week, count from ties where to_id = ${ctx.actor.id})` : real.ownTies(ctx)),
  } satisfies typeof tieQueries
})

let begun: ReturnType<typeof begin> | undefined
const stage = () => (begun ??= begin())
async function begin() {
  const world = await setStage()
  await world.derive()
  const community = (await world.eve.get('/communities')).items[0].id as string
  const region = (await world.eve.get('/network/map')).regions[0].id as string
  const known = idsOf({ ...world, profile: (await world.ann.get('/me')).space, community, region })
  return { ...world, known, others: Object.entries({ eve: world.eve, gina: world.gina, olga: world.olga }) as [string, Client][] }
}

test('whatever people do where somebody cannot read changes no byte of anything that this person can get', { timeout: rounds(300_000) }, async () => {
  const world = await stage()
  const { others, known, derive } = world
  const paths = pathsFor(known)
  const lookAll = async () => new Map((await Promise.all(others.map(async ([name, one]) => [name, await look(one, paths)] as const))))
  const ears = await Promise.all(others.map(async ([name, one]) => [name, await one.live()] as const))
  const talker = await world.ann.live()
  let before = await lookAll()
  // What is looked at is there: else nothing could change.
  expect((await world.eve.get('/communities')).items[0].size).toBeGreaterThan(4)
  expect((await world.eve.get('/suggestions')).people.length).toBeGreaterThan(0)
  expect(await world.eve.get('/network/map')).toMatchObject({ standing: expect.anything(), mine: expect.arrayContaining([expect.anything()]) })
  for (const path of ['/network/rooting', `/spaces/${world.team.id}/health`]) expect((await world.eve.get(path)).figures).not.toBeNull()
  const deeds = deedsOf(world, SEED)
  for (let round = 0; round < ROUNDS; round++) {
    const names = round === 0 ? deeds.all : Array.from({ length: DEEDS }, deeds.any)
    for (const name of names) await deeds.do(name)
    talker.send({ typing: world.direct.id })
    await derive()
    const after = await lookAll()
    const found = others.flatMap(([name]) => changes(before.get(name)!, after.get(name)!).map((change) => `${name} GET ${change}`))
    expect(found, `after: ${names.join(', ')}`).toEqual([])
    before = after
  }
  // By their ids it is the same as nothing.
  const hidden = { spaces: deeds.made.slice(0, 15), entries: deeds.made.slice(0, 15), people: [], files: deeds.made.slice(0, 15), communities: deeds.made.slice(0, 2), regions: [] }
  const byId = pathsFor(hidden, (path) => path.includes('/:id') && !path.startsWith('/imports'))
  for (const [name, one] of others)
    for (const [path, answer] of await look(one, byId)) expect(answer, `${name} GET ${path}`).toMatch(/^404\n[\s\S]*"code":"not_found","detail":"There is nothing here, or you may not see it."}$/)
  for (const [name, ear] of ears) expect(ear.events, `${name}, live`).toEqual([])
})

/** What two people do in the closed space that shows where private ties count: a stranger talks with Ann and Bob; somebody who is suggested to Eve names her. */
const tells = {
  communities: async ({ ann, bob, crowd, closed, talk }: Awaited<ReturnType<typeof stage>>) => talk(crowd[13], [ann, bob], closed),
  suggestions: async ({ crowd, eve, closed }: Awaited<ReturnType<typeof stage>>) => crowd[8].post(`/spaces/${closed.id}/entries`, { body: `Would @${eve.handle} know?` }),
}

test.each(['communities', 'suggestions'] as const)('it would be noticed if %s were made of private ties again', async (name) => {
  const world = await stage()
  const { ann, eve, crowd, closed, known, derive } = world
  mutant.now = name
  await ann.put(`/spaces/${closed.id}/members/${crowd[13].id}`)
  await derive()
  const paths = pathsFor(known, (path) => path === `/${name}`)
  const before = await look(eve, paths)
  await tells[name](world)
  await derive()
  const after = await look(eve, paths)
  mutant.now = ''
  expect(changes(before, after)).not.toEqual([])
})
