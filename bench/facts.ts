import type pg from 'pg'
import { addPerson } from '../server/core/people/commands.ts'
import { listFacts } from '../server/features/facts/queries.ts'
import { inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { measureReads, onGround, pagesOf } from './ground.ts'
import type { Line } from './measure.ts'

const [SUBJECTS, FACTS] = [500, 50_000]

/** The board of a space of 500 subjects, about which 50,000 facts were said: all its pages over HTTP, beside their SQL alone. */
export const measureFacts = (): Promise<Line[]> => onGround(async (ground) => {
  const { client, host } = ground
  const { id } = await inTransaction(host, SYSTEM, (ctx) => addPerson(ctx, { name: 'Ann', handle: 'ann', email: 'ann@x.example', role: 'member', kind: 'person', token: false }))
  console.error(`saying ${FACTS.toLocaleString('en')} facts …`)
  const space = await fillFacts(client, id)
  await client.query('vacuum analyze')
  return measureReads(ground, id, 50, (call) => Promise.all(([['the first page of the board, 30 subjects', 30, 1], ['the whole board, 500 subjects in 5 pages', 100, SUBJECTS / 100]] as const).map(async ([what, limit, pages]) => {
    const found = await pagesOf(call, `/spaces/${space}/facts?limit=${limit}`, pages)
    return { what, paths: found.map(({ path }) => path), works: found.map(({ before }) => (ctx) => listFacts(ctx, space, { limit, before })) }
  })))
})

/** Facts and what holds of them, as rows. */
async function fillFacts(client: pg.Client, person: string): Promise<string> {
  const { rows: [{ id: space }] } = await client.query(`insert into spaces (id, kind, visibility, name, purpose, created_by, member_count)
    values (gen_random_uuid(), 'community', 'open', 'Facts', 'x', $1, 1) returning id`, [person])
  await client.query(`insert into memberships (space_id, person_id, role, read_to) values ($1, $2, 'host', '00000000-0000-0000-0000-000000000000')`, [space, person])
  const uuid = (letter: string) => `('0199${letter}000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  await client.query(`insert into entries (id, space_id, kind, author_id, title, body, in_feed, active_id)
    select ${uuid('a')}, $1, 'fact', $2, 'Dew point in bay ' || n % ${SUBJECTS}, 'As the display says', true, ${uuid('a')} from generate_series(1, ${FACTS}) n`, [space, person])
  await client.query(`insert into fact_subjects (id, space_id, key, about, place, fact_id, side, disputed, sure, stale_at, sides, changed)
    select ${uuid('b')}, $1, 'bay ' || n, 'Dew point in bay ' || n, 'Hall ' || n % 9, ('0199a000-0000-7000-8000-' || lpad(to_hex(n + ${SUBJECTS}), 12, '0'))::uuid, 'x', n % 5 = 0, 0.9, now() + interval '3 days',
      (select jsonb_agg(jsonb_build_object('n', m, 'fact', '0199a000-0000-7000-8000-' || lpad(to_hex(n + ${SUBJECTS} * (m + 1)), 12, '0'), 'people', 3, 'share', 0.5, 'seen_at', now(), 'seen_by', $2::text)) from generate_series(0, n % 3) m),
      ${uuid('c')} from generate_series(0, ${SUBJECTS - 1}) n`, [space, person])
  await client.query(`insert into facts (entry_id, subject_id, subject, place, value, side, source, confidence, seen_at)
    select ${uuid('a')}, ('0199b000-0000-7000-8000-' || lpad(to_hex(n % ${SUBJECTS}), 12, '0'))::uuid, 'Dew point', 'Hall', '{"type":"number","number":-42,"unit":"°C"}', 'side ' || n % 3, 'Display', 0.75, now() - n * interval '1 minute'
    from generate_series(1, ${FACTS}) n`)
  return space
}
