import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { place, receive } from '../server/features/files/store.ts'
import { openHost } from '../server/host.ts'
import { hashOf } from '../server/kernel/backup/files.ts'
import { readConfig } from '../server/kernel/config.ts'
import { newId } from '../server/kernel/ids.ts'
import { openPostgres } from '../server/kernel/postgres.ts'
import { fingerprints } from '../test/fingerprints.ts'
import { fill } from './fill.ts'
import type { Line } from './measure.ts'
import { descendants } from './processes.ts'

const GB = 2 ** 30
const MB = 2 ** 20
// From a note to a film; together as large as was asked for.
const SIZES = [4 * 1024, 200 * 1024, 3 * MB, 12 * MB, 50 * MB]

/** Makes a network with files of `gb` in all, backs it up, verifies, destroys, restores and compares it: what each takes. */
export async function measureRestore(gb: number, entries: number): Promise<Line[]> {
  const dir = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'folkmoot-bench-'))
  const backup = join(dir, 'backup')
  const lines: Line[] = []
  try {
    const first = await openNetwork(join(dir, 'first'))
    console.error(`filling ${entries.toLocaleString('en')} entries and ${gb} GB of files …`)
    const made = await fillNetwork(first, entries, Math.round(gb * GB))
    lines.push(await first.run('backup', backup))
    lines.push(await first.run('backup', '--verify', backup))
    const before = [await fingerprints(first.pool), await storedIn(first.data)]
    await first.close()
    rmSync(join(dir, 'first'), { recursive: true })

    const second = await openNetwork(join(dir, 'second'))
    lines.push(await second.run('restore', backup))
    const after = [await fingerprints(second.pool), await storedIn(second.data)]
    await second.close()
    if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error('What was restored is not what was backed up.')
    const what = `equal: ${Object.keys(before[0]).length} tables and counters, ${made} files`
    return [...lines, { what, ours: 'yes', raw: '', ratio: '', aim: 'yes' }]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** An empty network with a database of its own, and the command line beside it, whose time and memory are looked at. */
async function openNetwork(data: string) {
  const postgres = await openPostgres({ dir: join(data, 'postgres') })
  const pool = new pg.Pool({ connectionString: postgres.url, max: 2 })
  const run = (...args: string[]) => measured(args, { FOLKMOOT_DATA: data, DATABASE_URL: postgres.url })
  return { data, url: postgres.url, pool, run, close: () => pool.end().then(postgres.close) }
}

async function measured(args: string[], means: Record<string, string>): Promise<Line> {
  console.error(`${args[0]} …`)
  const began = performance.now()
  const cli = join(import.meta.dirname, '../server/cli.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], { env: { ...process.env, ...means }, stdio: ['ignore', 'ignore', 'inherit'] })
  const most = { node: 0, postgres: 0 }
  const look = setInterval(() => {
    most.node = Math.max(most.node, kb(child.pid!, 'VmHWM'))
    // What a backend has for itself: the buffers that all share are there without it.
    most.postgres = Math.max(most.postgres, ...backends(means.FOLKMOOT_DATA).map((pid) => kb(pid, 'RssAnon')))
  }, 50)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  clearInterval(look)
  if (code !== 0) throw new Error(`folkmoot ${args.join(' ')} ended with ${code}.`)
  const seconds = (performance.now() - began) / 1000
  const raw = `a backend of PostgreSQL ${mb(most.postgres)}`
  return { what: args.slice(0, -1).join(' '), ours: `${seconds.toFixed(0)} s, ${mb(most.node)} at most`, raw, ratio: '', aim: '' }
}

const mb = (of: number) => `${Math.round(of / 1024)} MB`
/** The processes of a network's database; it is nobody's child. */
const backends = (data: string) => descendants(Number(readFileSync(join(data, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]))
const kb = (pid: number, field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(read(pid, 'status'))?.[1] ?? 0)

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

type Network = Awaited<ReturnType<typeof openNetwork>>

/** Entries, and files that belong to them, in the store as uploads leave them. @returns how many files */
async function fillNetwork({ url, data, pool }: Network, entries: number, bytes: number): Promise<number> {
  const config = readConfig({ FOLKMOOT_DATA: data, DATABASE_URL: url, LOG_LEVEL: 'error' }, data)
  const { close } = await openHost(config)
  await close()
  const client = new pg.Client(url)
  await client.connect()
  await fill(client, { people: 500, spaces: 100, entries })
  const { rows } = await client.query<{ id: string; author_id: string }>('select id, author_id from entries order by id limit 100000')
  await client.end()
  let left = bytes
  let made = 0
  for (; left > 0; made++) {
    // Many small ones and few large ones, which take most of the room.
    const size = Math.min(left, SIZES[[0, 0, 1, 0, 1, 2, 1, 3, 2, 4][made % 10]])
    const arrived = await receive(data, Readable.from(noise(size)))
    await place(config, arrived)
    const { id, author_id } = rows[made % rows.length]
    const file = newId()
    await pool.query(`insert into files (id, owner_id, name, type, size, sha256) values ($1, $2, $3, 'application/octet-stream', $4, $5)`, [file, author_id, `file ${made}.bin`, size, arrived.sha256])
    await pool.query('insert into entry_files (entry_id, file_id, position) values ($1, $2, $3)', [id, file, made])
    left -= size
  }
  return made
}

const sand = randomBytes(4 * MB)

/** Bytes that no compression makes less of, and none twice. */
function* noise(size: number): Generator<Buffer> {
  const stamp = randomBytes(32)
  yield stamp.subarray(0, Math.min(size, 32))
  for (let left = size - 32; left > 0; left -= MB) yield sand.subarray(stamp[left % 32] * 4096).subarray(0, Math.min(left, MB))
}

/** Every file of the store, by its name and what it is: its SHA-256 and its size. */
async function storedIn(data: string): Promise<string[]> {
  const names = (await readdir(join(data, 'files'), { recursive: true })).filter((name) => name.length > 60).sort()
  const found: string[] = []
  for (const name of names) found.push(JSON.stringify([name, await hashOf(join(data, 'files', name))]))
  return found
}
