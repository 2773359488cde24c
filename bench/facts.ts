import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { addPerson } from '../server/core/people/commands.ts'
import { listFacts } from '../server/features/facts/queries.ts'
import { openHost } from '../server/host.ts'
import { readConfig } from '../server/kernel/config.ts'
import { inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { openPostgres } from '../server/kernel/postgres.ts'
import { type Line, time, timeLine } from './measure.ts'
import { record } from './reads.ts'
import { caller, serve } from './server.ts'

const [SUBJECTS, FACTS] = [500, 50_000]

/** The board of a space of 500 subjects, about which 50,000 facts were said: all its pages over HTTP, beside their SQL alone. */
export async function measureFacts(): Promise<Line[]> {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  const { host, close } = await openHost(readConfig({ FOLKMOOT_DATA: dir, DATABASE_URL: postgres.url, LOG_LEVEL: 'error' }, dir))
  const client = new pg.Client(postgres.url)
  await client.connect()
  const server = await serve(postgres.url, dir)
  try {
    const { id, token } = await inTransaction(host, SYSTEM, (ctx) => addPerson(ctx, { name: 'Ann', handle: 'ann', email: 'ann@x.example', role: 'member', kind: 'person', token: true })) as { id: string; token: string }
    const call = caller(server.url, token)
    console.error(`saying ${FACTS.toLocaleString('en')} facts …`)
    const space = await fillFacts(client, id)
    await client.query('vacuum analyze')
    const lines: Line[] = []
    for (const [what, limit] of [['the first page of the board, 30 subjects', 30], ['the whole board, 500 subjects in 5 pages', 100]] as const) {
      const cursors = await pagesOf(call, space, limit, limit === 30 ? 1 : SUBJECTS / limit)
      const queries = (await Promise.all(cursors.map((before) => record(host, id, (ctx) => listFacts(ctx, space, { limit, before }))))).flat().map((query, n) => ({ ...query, name: `${what} ${n}` }))
      const raw = await time(50, async () => { for (const query of queries) await client.query(query) })
      const ours = await time(50, async () => { for (const before of cursors) await call(`/spaces/${space}/facts?limit=${limit}${before ? `&before=${before}` : ''}`) })
      lines.push(timeLine(what, ours, raw, `(its ${queries.length} queries)`, '<= 1.5x'))
    }
    return lines
  } finally {
    await server.stop()
    await client.end()
    await close()
    await postgres.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The cursors of so many pages. */
async function pagesOf(call: (path: string) => Promise<any>, space: string, limit: number, pages: number): Promise<(string | undefined)[]> {
  const cursors: (string | undefined)[] = []
  for (let before: string | undefined; cursors.length < pages;) {
    cursors.push(before)
    before = (await call(`/spaces/${space}/facts?limit=${limit}${before ? `&before=${before}` : ''}`)).next
  }
  return cursors
}

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
