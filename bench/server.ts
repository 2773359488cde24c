import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'

export type Served = { url: string; rssMb: () => number; stop: () => Promise<void> }

/** Starts the product as its own process, as it runs in earnest, against a database. */
export async function serve(databaseUrl: string, data: string): Promise<Served> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8', join(import.meta.dirname, '../server/main.ts')], {
    env: { ...process.env, DATABASE_URL: databaseUrl, FOLKMOOT_DATA: data, PORT: String(port), LOG_LEVEL: 'error', REQUESTS_PER_MINUTE: '10000000', CONNECTIONS_PER_PERSON: '100000' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://localhost:${port}`
  await ready(url, child)
  return {
    url, rssMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024,
    stop: () => new Promise((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    }),
  }
}

const freePort = () => new Promise<number>((resolve) => {
  const probe = createServer().listen(0, () => {
    const { port } = probe.address() as { port: number }
    probe.close(() => resolve(port))
  })
})

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 600 && child.exitCode === null; i++) {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The server did not start.')
}

const agent = new Agent({ keepAlive: true })

/** Calls the API as one person, over connections that stay open; `fetch` would take as long as the server. */
export const caller = (url: string, token: string, api = '/api/v1') => (path: string, body?: unknown) => new Promise<any>((resolve, reject) => {
  const text = body ? JSON.stringify(body) : ''
  const asked = request(`${url}${api}${path}`, {
    agent, method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}) },
  }, (response) => {
    let answer = ''
    response.setEncoding('utf8').on('data', (part: string) => (answer += part)).on('end', () =>
      response.statusCode! < 300 ? resolve(answer ? JSON.parse(answer) : null) : reject(new Error(`${path}: ${response.statusCode} ${answer}`)))
  })
  asked.on('error', reject).end(text)
})
