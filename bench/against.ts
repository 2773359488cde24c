import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { type Line, percentiles, rate } from './measure.ts'
import { cpuSeconds, descendants } from './processes.ts'
import { openSockets } from './writes.ts'

type Call = (path: string, body?: unknown) => Promise<any>

/** A checkout of the product that runs as its own process on a database of its own. */
export type Stand = { url: string; calls: Call[]; tokens: string[]; spaces: string[]; threads: string[]; followed: string; rssMb: () => number; cpu: () => number; close: () => Promise<void> }

/**
 * Fills a database with a checkout's own schema and starts its server.
 * @param folder the root of a checkout, with its packages; its `bench/` and `server/` do the work, so old ones measure as they were
 */
export async function stand(folder: string, entries: number): Promise<Stand> {
  const load = (path: string) => import(pathToFileURL(join(folder, path)).href)
  const [{ createToken }, { openHost }, { readConfig }, { inTransaction, SYSTEM }, { openPostgres }, { fill }, { caller, serve }] = await Promise.all([
    load('server/core/people/commands.ts'), load('server/host.ts'), load('server/kernel/config.ts'), load('server/kernel/context.ts'),
    load('server/kernel/postgres.ts'), load('bench/fill.ts'), load('bench/server.ts')])
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  const { host, close } = await openHost(readConfig({ FOLKMOOT_DATA: dir, DATABASE_URL: postgres.url, LOG_LEVEL: 'error' }, dir))
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query('select setseed(0.5)')
  await fill(client, { people: 2000, spaces: 300, entries })
  const { rows: people } = await client.query<{ id: string }>('select person_id as id from memberships group by 1 order by count(*) desc, 1 limit 16')
  const tokens: string[] = []
  for (const { id } of people) {
    const made = await inTransaction(host, SYSTEM, (ctx: any) => createToken({ ...ctx, actor: { id, role: 'member', session: null } }, { name: 'bench' }))
    tokens.push(made.token)
  }
  const { rows: spaces } = await client.query<{ id: string }>(`select id from spaces where visibility = 'open' order by id limit 16`)
  const { rows: threads } = await client.query<{ id: string }>(`select id from entries where root_id is null and space_id = any ($1) order by reply_count desc limit 16`, [spaces.map((s) => s.id)])
  // Heard without a word by whoever listens with the second token, as old checkouts have no other way.
  const { rows: [followed] } = await client.query<{ id: string }>(
    `select s.id from spaces s join memberships m on m.space_id = s.id where s.visibility = 'open' and m.person_id = $1 order by 1 limit 1`, [people[1].id])
  await client.query('vacuum analyze')
  await client.query('checkpoint')
  await client.end()
  await close()
  const before = descendants(process.pid)
  const server = await serve(postgres.url, dir)
  const [main] = descendants(process.pid).filter((pid) => !before.includes(pid))
  const postmaster = Number(readFileSync(join(dir, 'postgres/socket/.s.PGSQL.5432.lock'), 'utf8').split('\n')[0])
  return {
    url: server.url, calls: tokens.map((token) => caller(server.url, token)), tokens, spaces: spaces.map((s) => s.id), threads: threads.map((t) => t.id), followed: followed.id, rssMb: server.rssMb, cpu: () => cpuSeconds([main, postmaster]),
    close: async () => {
      await server.stop()
      await postgres.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const BODY = { body: 'A line of a conversation, as people write it.' }
const of = (list: string[], worker: number) => list[worker % list.length]

/** What is asked at once by sixteen people, each for their own. */
const WORK: [string, (at: Stand, worker: number) => Promise<unknown>, string][] = [
  ['create', (at, i) => at.calls[i](`/spaces/${of(at.spaces, i)}/entries`, BODY), '>= 2'],
  ['home', (at, i) => at.calls[i]('/home'), '>= 4'],
  ['space, newest first', (at, i) => at.calls[i](`/spaces/${of(at.spaces, i)}/entries?view=threads&order=created`), '>= 2'],
  ['space, as the app asks', (at, i) => at.calls[i](`/spaces/${of(at.spaces, i)}/entries?view=threads&order=active`), '>= 2, >= 10 at 1,000,000'],
  ['thread', (at, i) => at.calls[i](`/entries/${of(at.threads, i)}/thread`), ''],
]

const ROUNDS = 5
const median = (values: number[]) => percentiles(values).median

/** This build beside another checkout, both up at once, measured in turns so that whatever else the machine does meets both. */
export async function measureAgainst(folder: string, entries: number): Promise<Line[]> {
  console.error(`filling ${entries.toLocaleString('en')} entries twice …`)
  const ours = await stand(resolve(import.meta.dirname, '..'), entries)
  const other = await stand(resolve(folder), entries)
  try {
    const lines: Line[] = []
    for (const [what, work, aim] of WORK) {
      console.error(`${what} …`)
      const [us, them] = await inTurns([ours, other], work)
      lines.push(compared(`${what}, 16 at once`, [us.rate, them.rate], (n) => `${Math.round(n)}/s`, aim))
      lines.push(compared('  of a core for each', [us.cost, them.cost], (n) => `${n.toFixed(2)} ms`, ''))
    }
    console.error('fanning out …')
    lines.push(...await fanOut(ours, other))
    return lines
  } finally {
    await other.close()
    await ours.close()
  }
}

/** What a second of work is: calls answered, and what one of them costs server and database together in milliseconds of a core. */
type Pace = { rate: number; cost: number }

async function inTurns(pair: [Stand, Stand], work: (at: Stand, worker: number) => Promise<unknown>): Promise<[Pace, Pace]> {
  const taken: [Pace[], Pace[]] = [[], []]
  for (let round = -1; round < ROUNDS; round++) for (const side of round % 2 ? [1, 0] : [0, 1]) {
    const at = pair[side]
    let calls = 0
    const began = at.cpu()
    const perSecond = await rate(16, 2, (worker) => (calls++, work(at, worker)))
    if (round >= 0) taken[side].push({ rate: perSecond, cost: ((at.cpu() - began) * 1000) / calls })
  }
  const middle = (all: Pace[]): Pace => ({ rate: median(all.map((p) => p.rate)), cost: median(all.map((p) => p.cost)) })
  return [middle(taken[0]), middle(taken[1])]
}

const compared = (what: string, [ours, other]: [number, number], show: (n: number) => string, aim: string): Line =>
  ({ what, ours: show(ours), raw: `${show(other)} the other checkout`, ratio: `${(ours / other).toFixed(2)}x`, aim })

const SOCKETS = 1000

async function fanOut(ours: Stand, other: Stand): Promise<Line[]> {
  const sides = await Promise.all([ours, other].map(async (at) => ({
    at, sockets: await openSockets(`${at.url.replace('http', 'ws')}/live`, SOCKETS, at.tokens[1]),
  })))
  const memory: [number, number] = [ours.rssMb(), other.rssMb()]
  let n = 0
  const post = async ({ at, sockets }: (typeof sides)[number]) => {
    const mark = `mark${++n}x`
    const all = sockets.reached(mark)
    const began = performance.now()
    await at.calls[0](`/spaces/${at.followed}/entries`, { body: `A line of a conversation ${mark}` })
    await all
    return performance.now() - began
  }
  const taken: [number[], number[]] = [[], []]
  for (let run = 0; run < 120; run++) for (const side of run % 2 ? [1, 0] : [0, 1]) {
    const passed = await post(sides[side])
    if (run >= 40) taken[side].push(passed)
  }
  for (const { sockets } of sides) sockets.close()
  const times: [number, number] = [median(taken[0]), median(taken[1])]
  return [compared(`post to ${SOCKETS} sockets`, times, (t) => `${t.toFixed(1)} ms`, '<= 0.67'), compared(`server memory, ${SOCKETS} sockets`, memory, (mb) => `${mb.toFixed(0)} MB`, '<= 200 MB')]
}
