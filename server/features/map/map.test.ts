import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fc, rounds } from '../../../test/chance.ts'
import { addPerson } from '../../core/people/commands.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { type Client, type Json, makeClient, scene } from '../../scene.ts'
import { drawMap } from './draw.ts'

const WEEK = 7 * 86_400_000
const NOW = Date.parse('2026-11-20T12:00:00Z')
const LAST_WEEK = '2026-11-09'

/** Groups of people who have ties with all others of their group, of which there are none elsewhere; nobody else has any. */
async function circles(sizes: number[], { department = (_group: number, _place: number): string => '' } = {}) {
  const all = await scene()
  await sql`delete from ties`.execute(all.host.db)
  for (const table of ['map_regions', 'map_links', 'map_alike', 'map_people', 'map_drawings'] as const) await all.host.db.deleteFrom(table).execute()
  const groups: Client[][] = []
  for (const [g, size] of sizes.entries()) {
    groups.push(await inTransaction(all.host, SYSTEM, async (ctx) => {
      const people: Client[] = []
      for (let i = 0; i < size; i++) {
        const handle = `c${g}.${i}.${all.ann.handle}`
        const { id, token } = (await addPerson(ctx, { name: `P ${handle}`, handle, role: 'member', kind: 'person', token: true })) as { id: string; token: string }
        if (department(g, i)) await ctx.db.updateTable('people').set({ department: department(g, i) }).where('id', '=', id).execute()
        people.push(await makeClient(all.url, { id, token, handle }))
      }
      return people
    }))
  }
  const tie = (a: Client, b: Client, week = LAST_WEEK) =>
    sql`insert into ties (from_id, to_id, week, kind, open, count) values (${a.id}, ${b.id}, ${week}, 'reply', true, 3) on conflict do nothing`.execute(all.host.db)
  for (const people of groups) for (const a of people) for (const b of people) if (a !== b) await tie(a, b)
  const draw = (weeks = 0) => drawMap(all.host, { now: NOW + weeks * WEEK })
  return { ...all, groups, tie, draw }
}
const mapOf = async (person: Client, by = 'community'): Promise<Json> => person.get(`/network/map?by=${by}`)
const sizes = (map: Json) => map.regions.map((region: Json) => region.people).toSorted((a: number, b: number) => a - b)

test('people who talk with each other are told of in groups, in eights; each sees where they are, and nobody where others are', async () => {
  const { groups: [potters, cooks], tie, draw, olga, eve } = await circles([12, 20])
  for (const a of potters.slice(0, 4)) for (const b of cooks.slice(0, 4)) await tie(a, b)
  await draw()
  const map = await mapOf(potters[0])
  expect(sizes(map)).toEqual([8, 16])
  const [large, small] = map.regions
  expect(map.mine).toEqual([small.id])
  expect((await mapOf(cooks[0])).mine).toEqual([large.id])
  // Four of each side: eight have a part in it.
  expect(map.links).toHaveLength(1)
  expect(large.within.at(-1)).toBe(4)
  expect(map.figures).toMatchObject({ both_ways: 95, staying: { community: { share: 95 } } })
  // Those around a cook all talk with each other; who has fewer than eight around them is told nothing.
  expect((await mapOf(cooks[5])).standing).toBe('closed')
  const { mine: _, standing, ...told } = map
  expect(standing).toBe('closed')
  for (const other of [cooks[5], olga, eve]) {
    const { mine, standing: __, ...same } = await mapOf(other)
    expect(same).toEqual(told)
    if (other !== cooks[5]) expect(mine).toEqual([])
  }
  expect(JSON.stringify(map)).not.toContain(potters[0].id)
  for (const path of ['community', 'department', 'site', 'topic'])
    for (const person of [...potters, ...cooks]) expect(JSON.stringify(await mapOf(olga, path))).not.toContain(person.id)
})

test('guests have no map, and no file of it', async () => {
  const { gina, draw } = await circles([9])
  await draw()
  for (const path of ['/network/map', '/network/map/export?format=gexf', '/network/map/regions/01a2010f-841e-7000-b1be-62788d92349e'])
    expect(await gina.get(path)).toMatchObject({ status: 403, code: 'members_only' })
})

test('fewer than eight who talk make no map, and a smaller group goes to those it has most to do with', async () => {
  const { groups: [few], draw, host } = await circles([7])
  await draw()
  expect(await mapOf(few[0])).toMatchObject({ regions: [], links: [], mine: [] })
  expect(await host.db.selectFrom('map_people').selectAll().execute()).toEqual([])
  const { groups: [small, near, far], tie, draw: again } = await circles([5, 9, 10])
  await tie(small[0], near[0])
  await tie(near[1], far[0])
  await again()
  const map = await mapOf(small[0])
  expect(sizes(map)).toEqual([8, 8])
  expect((await mapOf(small[4])).mine).toEqual((await mapOf(near[4])).mine)
})

test('no line is drawn where fewer than eight have a part, and no month is told of in which fewer talked', async () => {
  const { groups: [a, b], tie, draw } = await circles([10, 10])
  for (let i = 0; i < 3; i++) await tie(a[i], b[i])
  for (let i = 0; i < 6; i++) await tie(a[i], a[(i + 1) % 6], '2026-10-05')
  await draw()
  const map = await mapOf(a[0])
  expect(map.months).toEqual(['2026-10'])
  expect(map.links).toEqual([])
  for (const region of map.regions) expect(region.within).toEqual([null, 4])
})

test('who moves alone is not told of: the groups stay until eight move, and are looked at once a week', async () => {
  const { groups: [a, b], tie, draw, host } = await circles([12, 12])
  await draw()
  const before = await mapOf(a[0])
  const move = async (people: Client[]) => {
    for (const one of people) {
      await sql`delete from ties where ${one.id}::uuid in (from_id, to_id)`.execute(host.db)
      for (const other of b) await tie(one, other)
    }
  }
  await move([a[0]])
  await draw(1)
  expect((await mapOf(a[0])).mine).toEqual(before.mine)
  expect(sizes(await mapOf(a[0]))).toEqual(sizes(before))
  await move(a.slice(0, 8))
  await draw(1.5)
  expect((await mapOf(a[0])).mine).toEqual(before.mine)
  await draw(2.6)
  expect((await mapOf(a[0])).mine).toEqual((await mapOf(b[0])).mine)
})

test('of two drawings at once the second begins from the first, and takes nobody for new', async () => {
  const { groups: [a], draw } = await circles([12, 12])
  const both = [draw(), draw()]
  await Promise.race(both)
  const { mine } = await mapOf(a[0])
  expect(mine).toHaveLength(1)
  await Promise.all(both)
  expect((await mapOf(a[0])).mine).toEqual(mine)
})

test('who leaves the picture is in nothing that is told: at once for themselves, and seconds later for all', async () => {
  const { groups: [a, b], tie, draw, olga } = await circles([8, 12])
  for (let i = 0; i < 5; i++) await tie(a[i], b[i])
  await draw()
  expect(sizes(await mapOf(olga))).toEqual([8, 8])
  await a[0].patch('/me/network', { in_network: false })
  expect(await mapOf(a[0])).toMatchObject({ mine: [], in_network: false })
  // Seven are no group: they are with those they have most to do with.
  await expect.poll(async () => sizes(await mapOf(olga)), { timeout: 30_000, interval: 200 }).toEqual([16])
  expect((await mapOf(a[1])).mine).toEqual((await mapOf(b[1])).mine)
})

test('departments of eight are told of by name, others together; and none that differs from a community by a few', async () => {
  const named = await circles([20, 20], { department: (g, i) => (i < 10 ? ['Clay', 'Kitchen'][g] : i < 13 ? 'Attic' : '') })
  await named.draw()
  const map = await mapOf(named.ann, 'department')
  expect(map.cuts).toEqual(['community', 'department'])
  expect(map.regions.map((region: Json) => [region.label, region.people]).toSorted()).toEqual([['', 16], ['Clay', 8], ['Kitchen', 8]])
  // All but three of the first community are in one department: both told would tell of the three.
  const close = await circles([20, 20], { department: (g, i) => (g === 0 ? (i < 17 ? 'Clay' : '') : i < 10 ? 'Kitchen' : '') })
  await close.draw()
  const kept = await mapOf(close.ann, 'department')
  expect(kept.regions.map((region: Json) => region.label)).not.toContain('Clay')
})

test('groups that say the same and hardly talk are told of each other, for whom does not decline it', async () => {
  const { groups: [potters, bakers, gardeners], draw, ann, eve, gina } = await circles([9, 9, 9])
  const space: Json = await ann.post('/spaces', { name: `Words ${ann.handle}`, purpose: 'x' })
  const say = async (people: Client[], body: string) => {
    for (const one of people) await one.post(`/spaces/${space.id}/join`)
    for (const one of people) await one.post(`/spaces/${space.id}/entries`, { body })
  }
  await say(potters, 'thermocouple firebrick glazing')
  await say(bakers, 'thermocouple firebrick sourdough')
  await say(gardeners, 'compost mulch')
  await draw()
  const { alike: [pair, ...more] } = await mapOf(ann)
  expect(more).toEqual([])
  expect(pair.words.toSorted()).toEqual(['firebrick', 'thermocouple'])
  const theirs = [potters[0], bakers[0]]
  expect([pair.a, pair.b].toSorted()).toEqual((await Promise.all(theirs.map(async (one) => (await mapOf(one)).mine[0]))).toSorted())
  await ann.post('/network/map/decline', { a: pair.b, b: pair.a })
  expect((await mapOf(ann)).alike).toEqual([])
  expect((await mapOf(eve)).alike).toHaveLength(1)
  await draw()
  expect((await mapOf(ann)).alike).toEqual([])
  await ann.post('/network/map/undecline', { a: pair.a, b: pair.b })
  expect((await mapOf(ann)).alike).toHaveLength(1)
  expect(await gina.post('/network/map/decline', { a: pair.a, b: pair.b })).toMatchObject({ status: 403 })
  expect(await ann.post('/network/map/decline', { a: pair.a, b: space.id })).toMatchObject({ status: 404 })
})

test('whatever happens: nothing told is of fewer than eight, and two drawings never differ by a few who moved', { timeout: rounds(180_000) }, async () => {
  const { groups: [everybody], draw, host, olga } = await circles([60])
  const shape = fc.record({ ties: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { minLength: 120, maxLength: 240 }), leaves: fc.option(fc.nat(59), { nil: null }) })
  const people = async () => {
    const { rows } = await sql<{ region: string; people: string[] }>`select region_id as region, array_agg(person_id order by person_id) as people from map_people where cut = 'community' group by 1`.execute(host.db)
    return new Map(rows.map((row) => [row.region, row.people]))
  }
  let weeks = 0
  await fc.assert(fc.asyncProperty(fc.array(shape, { minLength: 2, maxLength: 4 }), async (history) => {
    await sql`delete from tie_choices`.execute(host.db)
    for (const table of ['map_regions', 'map_links', 'map_alike', 'map_people', 'map_drawings'] as const) await host.db.deleteFrom(table).execute()
    let before = new Map<string, string[]>()
    const left = new Set<string>()
    for (const { ties, leaves } of history) {
      await sql`delete from ties`.execute(host.db)
      const pairs = ties.filter(([a, b]) => a !== b)
      await sql`insert into ties (from_id, to_id, week, kind, count) select a, b, ${LAST_WEEK}, 'reply', 1 from unnest(${pairs.map(([a]) => everybody[a].id)}::uuid[], ${pairs.map(([, b]) => everybody[b].id)}::uuid[]) t(a, b) on conflict do nothing`.execute(host.db)
      if (leaves !== null && left.size < 6) {
        left.add(everybody[leaves].id)
        await sql`insert into tie_choices (person_id, in_network, count_direct) values (${everybody[leaves].id}, false, false) on conflict do nothing`.execute(host.db)
      }
      await draw(++weeks * 2)
      const now = await people()
      for (const [region, here] of now) {
        expect(here.length).toBeGreaterThanOrEqual(8)
        expect(here.filter((id) => left.has(id))).toEqual([])
        const was = before.get(region)?.filter((id) => !left.has(id))
        // A group that fell below eight because people left went to its neighbours, and may have come back anew.
        if (!was || [...before.values()].some((group) => group.filter((id) => !left.has(id)).length < 8)) continue
        for (const few of [here.filter((id) => !was.includes(id)).length, was.filter((id) => !here.includes(id)).length]) expect(few === 0 || few >= 8, `${few} moved`).toBe(true)
      }
      const map = await mapOf(olga)
      for (const region of map.regions) expect(region.people % 8).toBe(0)
      before = now
    }
  }), { numRuns: rounds(5) })
})
