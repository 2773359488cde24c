import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fc, rounds } from './chance.ts'
import { addPerson } from '../server/core/people/commands.ts'
import { findCommunities } from '../server/features/communities/find.ts'
import { inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { type Client, type Json, makeClient, scene } from '../server/scene.ts'

const PEOPLE = 26
const WEEK = '2026-11-09'

/** Who has ties with whom, by their numbers; the last one has some with everybody's groups. */
const network = fc.record({
  ties: fc.array(fc.tuple(fc.nat(PEOPLE - 1), fc.nat(PEOPLE - 1), fc.integer({ min: 1, max: 5 })), { minLength: 60, maxLength: 140 }),
  leaver: fc.nat(PEOPLE - 1),
})

test('when somebody leaves the picture, what others see is as if that person had never had a tie', { timeout: rounds(180_000) }, async () => {
  const { host, url } = await scene()
  const people: Client[] = []
  for (let i = 0; i < PEOPLE; i++) {
    const handle = `opt${i}`
    const { id, token } = await inTransaction(host, SYSTEM, (ctx) => addPerson(ctx, { name: `Opt ${i}`, handle, role: 'member', kind: 'person', token: true })) as { id: string; token: string }
    people.push(await makeClient(url, { id, token, handle }))
  }
  const forget = async () => {
    for (const table of ['tie_choices', 'ties', 'map_regions', 'map_links', 'map_alike', 'map_people', 'map_drawings', 'community_members', 'communities'] as const) await host.db.deleteFrom(table).execute()
  }
  const write = async (ties: [number, number, number][]) => {
    // Both ways: who only talks at others is part of no community.
    const kept = ties.filter(([a, b]) => a !== b).flatMap(([a, b, c]): [number, number, number][] => [[a, b, c], [b, a, c]])
    await sql`insert into ties (from_id, to_id, week, kind, open, count) select a, b, ${WEEK}, 'reply', true, c from unnest(
      ${kept.map(([a]) => people[a].id)}::uuid[], ${kept.map(([, b]) => people[b].id)}::uuid[], ${kept.map(([, , c]) => c)}::int[]) t(a, b, c) on conflict do nothing`.execute(host.db)
  }
  const look = async () => {
    const { since } = (await sql<{ since: string }>`select now() as since`.execute(host.db)).rows[0]
    await findCommunities(host)
    // The server draws the map when communities were found.
    await expect.poll(async () => (await host.db.selectFrom('map_drawings').select('drawn_at').executeTakeFirst())?.drawn_at ?? '', { timeout: 30_000, interval: 30 }).toSatisfy((at: string) => at > since)
  }
  const seenBy = async (person: Client) => {
    const communities = (await person.get('/communities')).items.map(({ people: all, size, words }: Json) => ({ size, words, people: all.map(({ id }: Json) => id).toSorted() }))
      .toSorted((a: Json, b: Json) => (a.people.join() < b.people.join() ? -1 : 1))
    const { figures, standing, mine, regions, links } = await person.get('/network/map')
    const told = regions.map(({ people: n, within, words }: Json) => ({ n, within, words }))
    return { communities, figures, standing, at: regions.findIndex(({ id }: Json) => mine.includes(id)), told, links: links.map(({ strength }: Json) => strength.join()).toSorted() }
  }
  await fc.assert(fc.asyncProperty(network, async ({ ties, leaver }) => {
    const others = people.filter((_, i) => i !== leaver)
    await forget()
    await write(ties.filter(([a, b]) => a !== leaver && b !== leaver))
    await look()
    const never = await Promise.all(others.map(seenBy))
    await forget()
    await write(ties)
    await look()
    // By hand: by the command, jobs of the server itself would be under way when the next one begins.
    await sql`insert into tie_choices (person_id, in_network, count_direct) values (${people[leaver].id}, false, true)`.execute(host.db)
    for (const table of ['map_regions', 'map_links', 'map_alike', 'map_people', 'map_drawings'] as const) await host.db.deleteFrom(table).execute()
    await look()
    expect(await Promise.all(others.map(seenBy))).toEqual(never)
    expect(await seenBy(people[leaver])).toMatchObject({ communities: [], standing: null, at: -1 })
  }), { numRuns: rounds(5), endOnFailure: true })
})
