import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createToken } from '../server/core/people/commands.ts'
import { openHost } from '../server/host.ts'
import { readConfig } from '../server/kernel/config.ts'
import { type Ctx, type Host, inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { openPostgres } from '../server/kernel/postgres.ts'
import { type Line, time, timeLine } from './measure.ts'
import { record } from './reads.ts'
import { caller, serve } from './server.ts'

/** A database of its own with the schema of ours, filled as one likes. */
export type Ground = { client: pg.Client; host: Host; url: string; dir: string }

/** Lends one, and takes everything away afterwards. */
export async function onGround(work: (ground: Ground) => Promise<Line[]>): Promise<Line[]> {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  const { url, close: end } = await openPostgres({ dir: join(dir, 'postgres') })
  const { host, close } = await openHost(readConfig({ FOLKMOOT_DATA: dir, DATABASE_URL: url, LOG_LEVEL: 'error' }, dir))
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await work({ client, host, url, dir })
  } finally {
    await client.end()
    await close()
    await end()
    rmSync(dir, { recursive: true, force: true })
  }
}

type Call = ReturnType<typeof caller>
/** What one looks at: its requests, and the queries that answer each of them. */
export type Read = { what: string; paths: string[]; works: ((ctx: Ctx) => Promise<unknown>)[] }

/** What somebody reads over HTTP, beside the SQL of it alone, in the same run. */
export async function measureReads({ client, host, url, dir }: Ground, person: string, runs: number, readsOf: (call: Call) => Promise<Read[]> | Read[]): Promise<Line[]> {
  const { token } = await inTransaction(host, SYSTEM, (ctx) => createToken({ ...ctx, actor: { id: person, role: 'member', session: null } }, { name: 'bench' }))
  const server = await serve(url, dir)
  const call = caller(server.url, token)
  try {
    const lines: Line[] = []
    for (const { what, paths, works } of await readsOf(call)) {
      const queries = (await Promise.all(works.map((work) => record(host, person, work)))).flat().map((query, n) => ({ ...query, name: `${what} ${n}` }))
      const raw = await time(runs, async () => { for (const query of queries) await client.query(query) })
      const ours = await time(runs, async () => { for (const path of paths) await call(path) })
      lines.push(timeLine(what, ours, raw, `(its ${queries.length} queries)`, '<= 1.5x'))
    }
    return lines
  } finally {
    await server.stop()
  }
}

/** The requests of so many pages of a list, one after the other. */
export async function pagesOf(call: Call, path: string, pages: number): Promise<{ path: string; before?: string }[]> {
  const found: { path: string; before?: string }[] = []
  for (let before: string | undefined; found.length < pages;) {
    const one = before ? `${path}&before=${before}` : path
    found.push({ path: one, before })
    before = ((await call(one)) as { next?: string }).next
  }
  return found
}
