import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createToken } from '../server/core/people/commands.ts'
import { reindex } from '../server/features/search/commands.ts'
import { openHost } from '../server/host.ts'
import { readConfig } from '../server/kernel/config.ts'
import { inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { openPostgres } from '../server/kernel/postgres.ts'
import { measureAgainst } from './against.ts'
import { measureCommunities } from './communities.ts'
import { measureDecisions } from './decisions.ts'
import { measureFacts } from './facts.ts'
import { measureFelt } from './felt.ts'
import { fill } from './fill.ts'
import { measureImport } from './imports.ts'
import { measureLists } from './lists.ts'
import { measureLive } from './live.ts'
import { type Line, printTable } from './measure.ts'
import { measureReads } from './reads.ts'
import { measureRestore } from './restore.ts'
import { caller, serve } from './server.ts'
import { measureSuggestions } from './suggestions.ts'
import { measureTasks } from './tasks.ts'
import { measureTruth } from './truth.ts'
import { measureCreate, measureFanOut } from './writes.ts'

const SIZES = (process.env.BENCH_ENTRIES ?? '100000,1000000').split(',').map(Number)

/** Measures the product as its own process on a database of `entries` entries, beside the raw limits of the same run. */
async function measure(entries: number): Promise<Line[]> {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  const config = readConfig({ FOLKMOOT_DATA: dir, DATABASE_URL: postgres.url, LOG_LEVEL: 'error' }, dir)
  const { host, close } = await openHost(config)
  const client = new pg.Client(postgres.url)
  await client.connect()
  try {
    console.error(`filling ${entries.toLocaleString('en')} entries …`)
    await fill(client, { people: 2000, spaces: 300, entries })
    console.error('indexing …')
    await reindex(host)
    await client.query('vacuum analyze')
    const { rows: people } = await client.query<{ id: string }>(`select person_id as id from memberships group by 1 order by count(*) desc, 1 limit 16`)
    const tokens = await Promise.all(people.map(({ id }) => inTransaction(host, SYSTEM, (ctx) =>
      createToken({ ...ctx, actor: { id, role: 'member', session: null } }, { name: 'bench' }))))
    const { rows: spaces } = await client.query<{ id: string }>(`select id from spaces where visibility = 'open' order by id limit 16`)
    const server = await serve(postgres.url, dir)
    const calls = tokens.map(({ token }) => caller(server.url, token))
    try {
      console.error('reading …')
      const lines = await measureReads(host, client, calls[0], people[0].id)
      console.error('posting …')
      lines.push(...await measureCreate(postgres.url, calls, spaces.map((s) => s.id), people[0].id))
      console.error('fanning out …')
      let rss = 0
      lines.push(await measureFanOut(server.url, calls[0], spaces[0].id, tokens[1].token, 1000, () => (rss = server.rssMb())))
      lines.push({ what: 'server memory, 1000 sockets', ours: `${rss.toFixed(0)} MB`, raw: '', ratio: '', aim: '<= 200 MB' })
      console.error('importing …')
      lines.push(await measureImport(host, client, dir))
      return lines
    } finally {
      await server.stop()
    }
  } finally {
    await client.end()
    await close()
    await postgres.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

console.log(`${cpus().length} cores ${cpus()[0]?.model ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`)
// `npm run bench communities`, `suggestions` and `live` measure the algorithms alone, without a network; `lists` and `felt` the web app in a browser; `decisions` their register; `tasks` a board of them, and one's own;
// `restore 10` a backup of a network with files of 10 GB, and its way back.
const GIGABYTES = Number(process.argv[3] ?? 1)
if (process.argv[2] === 'communities') await measureCommunities()
else if (process.argv[2] === 'suggestions') measureSuggestions()
else if (process.argv[2] === 'facts') printTable('what holds in a space', await measureFacts())
else if (process.argv[2] === 'truth') await measureTruth()
else if (process.argv[2] === 'live') await measureLive()
else if (process.argv[2] === 'decisions') for (const entries of SIZES) printTable(`decisions among ${entries.toLocaleString('en')} entries`, await measureDecisions(entries))
else if (process.argv[2] === 'tasks') for (const entries of SIZES) printTable(`tasks among ${entries.toLocaleString('en')} entries`, await measureTasks(entries))
else if (process.argv[2] === 'felt') printTable('what one feels in a browser', await measureFelt())
else if (process.env.BENCH_AGAINST) for (const entries of SIZES) printTable(`${entries.toLocaleString('en')} entries, beside another checkout`, await measureAgainst(process.env.BENCH_AGAINST, entries))
else if (process.argv[2] === 'restore') printTable(`a network with files of ${GIGABYTES} GB`, await measureRestore(GIGABYTES, SIZES[0]))
else if (process.argv[2] === 'lists') printTable('one message that arrives', await measureLists())
else for (const entries of SIZES) printTable(`${entries.toLocaleString('en')} entries`, await measure(entries))
