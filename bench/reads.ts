import type pg from 'pg'
import { Kysely, PostgresDialect } from 'kysely'
import { findThread, listEntries } from '../server/core/entries/lists.ts'
import { home } from '../server/features/home/queries.ts'
import { suggestMentions } from '../server/features/mentions/queries.ts'
import { search } from '../server/features/search/queries.ts'
import { suggest } from '../server/features/search/suggest.ts'
import type { Ctx, Host } from '../server/kernel/context.ts'
import { PLAN_EACH_TIME } from '../server/kernel/db.ts'
import type { Tables } from '../server/kernel/db.ts'
import { type Line, time, timeLine } from './measure.ts'

const RUNS = 400

type Recorded = { text: string; values: unknown[] }

/** The SQL that a query of ours sends, to run it again by itself. */
export async function record(host: Host, person: string, work: (ctx: Ctx) => Promise<unknown>): Promise<Recorded[]> {
  const sent: Recorded[] = []
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: host.pool }),
    log: (event) => void sent.push({ text: event.query.sql, values: [...event.query.parameters] }),
  })
  await work({ db, host, actor: { id: person, role: 'member', session: null } })
  return sent
}

/** Home, space, thread and search: over HTTP, beside the same SQL sent by a bare client that keeps its plans as we do. */
export async function measureReads(host: Host, client: pg.Client, call: (path: string) => Promise<unknown>, person: string): Promise<Line[]> {
  const { rows: [space] } = await client.query('select space_id from memberships where person_id = $1 order by 1 limit 1', [person])
  const { rows: [thread] } = await client.query(
    `select e.id from entries e join memberships m on m.space_id = e.space_id and m.person_id = $1 where root_id is null order by reply_count desc limit 1`, [person])
  const page = { limit: 30 }
  const reads: [string, string, (ctx: Ctx) => Promise<unknown>, string][] = [
    ['home', '/home', (ctx) => home(ctx, page), '<= 1.5x'],
    ['home, unread', '/home?unread=true', (ctx) => home(ctx, { ...page, unread: true }), ''],
    ['space', `/spaces/${space.space_id}/entries?order=active`, (ctx) => listEntries(ctx, space.space_id, { ...page, view: 'threads', order: 'active' }), ''],
    ['whom to mention', `/mention-suggestions?space=${space.space_id}`, (ctx) => suggestMentions(ctx, { space: space.space_id, q: '' }), ''],
    ['who is called so', '/search/suggest?q=person', (ctx) => suggest(ctx, { q: 'person' }), ''],
    ['thread', `/entries/${thread.id}/thread`, (ctx) => findThread(ctx, thread.id, page), ''],
    ['search, rare word', '/search?q=zyzzyva', (ctx) => search(ctx, { ...page, q: 'zyzzyva' }), '<= 20 ms'],
    ['search, two rare characters', `/search?q=${encodeURIComponent('希少')}`, (ctx) => search(ctx, { ...page, q: '希少' }), '<= 20 ms'],
    ['search, common word', '/search?q=kaden10', (ctx) => search(ctx, { ...page, q: 'kaden10' }), ''],
  ]
  const lines: Line[] = []
  for (const [what, path, work, aim] of reads) {
    const queries = (await record(host, person, work)).map((query, i) => ({ ...query, name: query.text.includes(PLAN_EACH_TIME) ? undefined : `${what} ${i}` }))
    const raw = await time(RUNS, async () => {
      for (const query of queries) await client.query(query)
    })
    lines.push(timeLine(what, await time(RUNS, () => call(path)), raw, `(its ${queries.length} queries)`, aim))
  }
  return lines
}
