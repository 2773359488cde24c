import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { logFolder } from './canaries.ts'
import { keepPostgresLog } from './setup.ts'
import { isAlive } from '../server/kernel/process-lock.ts'
import { SCOPES } from '../server/kernel/context.ts'

type Json = any

const logFile = (dir: string) => join(logFolder() ?? dir, `${basename(dir)}.log`)
export type Resident = { id: string; handle: string; token: string }

/**
 * A server as it runs at somebody's: a process of its own, on a data folder of its own with the PostgreSQL that comes
 * with it, every commit on disk. It can be killed and started again.
 */
export class House {
  readonly dir = mkdtempSync(join(tmpdir(), 'folkmoot-house-'))
  readonly url: string
  readonly #port: number
  readonly #launched: boolean
  #child: ChildProcess | null = null
  #said = ''
  /** true from when it was asked to go until it is ready again */
  down = true

  private constructor(port: number, launched: boolean) {
    this.#port = port
    this.#launched = launched
    this.url = `http://127.0.0.1:${port}`
  }

  /** @param launched by the launcher, as `npm start` does, which starts it again when it crashes */
  static async open({ launched = false } = {}): Promise<House> {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    await new Promise((done) => probe.close(done))
    return new House(port, launched)
  }

  /** Starts the server; returns the milliseconds until it was ready. */
  async start(env: Record<string, string> = {}): Promise<number> {
    const begun = Date.now()
    this.#said = ''
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...(this.#launched ? ['bin/launch.mjs', 'start'] : ['server/main.ts'])], {
      stdio: ['ignore', 'pipe', 'pipe'], cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, PORT: String(this.#port), HOST: '127.0.0.1', FOLKMOOT_DATA: this.dir, DATABASE_URL: '', LOG_LEVEL: 'debug', LOG_FILE: logFile(this.dir), REQUESTS_PER_MINUTE: '1000000', VITEST: '', NODE_ENV: '', ...env },
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (this.#said += text))
    for (; ; await sleep(20)) {
      if (child.exitCode !== null || child.signalCode) throw new Error(`The server ended: ${this.#said}`)
      const ready = await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)
      if (ready) break
      if (Date.now() - begun > 60_000) throw new Error(`The server does not become ready: ${this.#said}`)
    }
    this.down = false
    return Date.now() - begun
  }

  get pid() {
    return this.#child!.pid!
  }
  get said() {
    return this.#said
  }
  isRunning = () => this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null

  /** The process of the server itself, whoever started it: PostgreSQL's folder names those that have it open. */
  serverPid = () => Number(readdirSync(join(this.dir, 'postgres/holders')).map((name) => name.split('-')[0]).find((pid) => isAlive(Number(pid))))

  /** Stops the server in its tracks, or lets it go on, as a machine does that is out of memory. */
  signal = (signal: 'SIGSTOP' | 'SIGCONT') => void this.#child!.kill(signal)

  async kill(): Promise<void> {
    this.down = true
    const gone = once(this.#child!, 'exit')
    this.#child!.kill('SIGKILL')
    await gone
  }

  /** Runs a command on this house's network; `kill` ends it as a power cut would. */
  command(...args: string[]): { done: Promise<{ code: number | null; said: string }>; kill: () => void } {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/cli.ts', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'], cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, FOLKMOOT_DATA: this.dir, DATABASE_URL: '', VITEST: '', NODE_ENV: '' },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text))
    return { done: once(child, 'close').then(([code]) => ({ code, said })), kill: () => child.kill('SIGKILL') }
  }

  /** Kills the PostgreSQL of this house, and returns the number of the process that was. */
  killPostgres(): number {
    const pid = Number(this.#postmaster()[0])
    process.kill(pid, 'SIGKILL')
    return pid
  }

  #postmaster = () => readFileSync(join(this.dir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')

  /** Asks the database directly. */
  async ask<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const [, , , port, socket] = this.#postmaster()
    const client = new pg.Client(`postgres://folkmoot@127.0.0.1:${port}/folkmoot?sslmode=disable&host=${encodeURIComponent(socket)}`)
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows
    } finally {
      await client.end()
    }
  }

  async close(): Promise<void> {
    if (this.isRunning()) {
      const gone = once(this.#child!, 'exit')
      this.#child!.kill('SIGTERM')
      await gone
    }
    keepPostgresLog(join(this.dir, 'postgres'))
    rmSync(this.dir, { recursive: true, force: true })
  }

  /** Begins the network and lets people in, the first being its owner. */
  async populate(handles: string[]): Promise<Resident[]> {
    const link = /setup\?token=([\w-]+)/
    while (!link.test(this.#said)) await sleep(20)
    const token = link.exec(this.#said)![1]
    const [owner, ...others] = handles
    const begun = await fetch(`${this.url}/api/v1/setup`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, network: 'Acme', name: owner, handle: owner, password: 'correct horse' }),
    })
    const cookie = begun.headers.getSetCookie()[0].split(';')[0]
    const me = (await begun.json() as Json).person
    const made = async (path: string, body: Json): Promise<Json> =>
      (await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()
    const residents: Resident[] = [{ id: me.id, handle: owner, token: (await made('/tokens', { name: 'test', scopes: SCOPES })).token }]
    for (const handle of others) residents.push({ handle, ...await made('/people', { name: handle, handle, token: true }) })
    return residents
  }

  /** One request; throws when there is no answer. */
  async call(person: Resident, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; json: Json; headers: Headers }> {
    const form = body instanceof FormData
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method, body: form ? body : body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(30_000),
      headers: { authorization: `Bearer ${person.token}`, ...(body !== undefined && !form && { 'content-type': 'application/json' }), ...headers },
    })
    const text = await response.text()
    return { status: response.status, json: response.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : text, headers: response.headers }
  }

  /** Repeats a command with the same key until it is answered with something else than "not now". */
  insist = (person: Resident, method: string, path: string, body: unknown, key: string) => insist(this, person, method, path, body, key)
}

/** Where people are spoken for: one house, or several that are one network. */
export type Home = Pick<House, 'call' | 'ask' | 'insist'>

export async function insist(home: Pick<Home, 'call'>, person: Resident, method: string, path: string, body: unknown, key: string): Promise<{ status: number; json: Json }> {
  for (; ; await sleep(50)) {
    const answer = await home.call(person, method, path, body, { 'idempotency-key': key }).catch(() => null)
    if (answer && answer.status < 500) return answer
    if (answer && answer.status !== 503) throw new Error(`${method} ${path} answers ${answer.status}: ${JSON.stringify(answer.json)}`)
  }
}
