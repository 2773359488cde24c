import type pg from 'pg'
import { listAllDecisions, listDecisions } from '../server/features/decisions/queries.ts'
import { fill } from './fill.ts'
import { measureReads, onGround, type Read } from './ground.ts'
import type { Line } from './measure.ts'

const [RUNS, DECISIONS, VOICES] = [400, 1000, 20]

/** The register of a space with a thousand decisions, and that of the network, among `entries` entries: over HTTP, beside its SQL alone. */
export const measureDecisions = (entries: number): Promise<Line[]> => onGround(async (ground) => {
  const { client } = ground
  await fill(client, { people: 2000, spaces: 300, entries })
  const { rows: [{ id: person }] } = await client.query<{ id: string }>('select person_id as id from memberships group by 1 order by count(*) desc, 1 limit 1')
  const { rows: [{ id: space }] } = await client.query<{ id: string }>('select space_id as id from memberships where person_id = $1 order by 1 limit 1', [person])
  await decide(client, space)
  const page = { limit: 30 }
  const one = (what: string, path: string, work: Read['works'][number]): Read => ({ what, paths: [path], works: [work] })
  return measureReads(ground, person, RUNS, () => [
    one('register of a space', `/spaces/${space}/decisions`, (ctx) => listDecisions(ctx, space, page)),
    one('of it what is open', `/spaces/${space}/decisions?state=open`, (ctx) => listDecisions(ctx, space, { ...page, state: 'open' })),
    one('register of the network', '/decisions', (ctx) => listAllDecisions(ctx, page)),
  ])
})

/** A thousand decisions in one space and as many elsewhere, a quarter of them open, each with its voices. */
async function decide(client: pg.Client, space: string): Promise<void> {
  await client.query('create temp table d as select uuidv7() as id, g as n, case when g % 2 = 0 then $1::uuid else (select id from spaces order by id offset g % 300 limit 1) end as space_id, (select id from people order by id offset g % 2000 limit 1) as author_id from generate_series(1, $2::int) g', [space, 2 * DECISIONS])
  await client.query(`insert into entries (id, space_id, kind, author_id, title, body, in_feed, active_id) select id, space_id, 'decision', author_id, 'Which oven, number ' || n || '?', 'The old one is done.', true, id from d`)
  await client.query(`insert into decisions (entry_id, state, method, options, closes_at, zone) select id, case when n % 8 < 2 then 'open' else 'decided' end, 'majority', '[{"id":"1","text":"Gas"},{"id":"2","text":"Electric"}]', now() + interval '30 days', 'UTC' from d`)
  await client.query(`insert into decision_positions (entry_id, person_id, choice, reason) select d.id, p.id, '{"option":"1"}', '' from d cross join lateral (select id from people order by id offset d.n % 1000 limit $1) p`, [VOICES])
  await client.query('vacuum analyze')
}
