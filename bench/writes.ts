import { fork } from 'node:child_process'
import pg from 'pg'
import WebSocket from 'ws'
import { type Line, percentiles, rate, rateLine, time, timeLine, type Times } from './measure.ts'
import { caller } from './server.ts'

type Post = (path: string, body: unknown) => Promise<{ id: string }>

const BODY = { body: 'A line of a conversation, as people write it.' }

/** Posting over HTTP beside a bare durable insert of one row, and beside a bare route that writes the same rows, with as many writers. */
export async function measureCreate(url: string, posts: Post[], spaces: string[], author: string): Promise<Line[]> {
  const clients = await Promise.all(posts.map(async () => {
    const client = new pg.Client(url)
    await client.connect()
    return client
  }))
  await clients[0].query(`create table bench_rows (id uuid primary key, body text); create table bench_entries (like entries including all);
    create table bench_events (like events including all)`)
  const warm = async (work: (worker: number) => Promise<unknown>) => (await rate(posts.length, 3, work), rate(posts.length, 4, work))
  const rows = await warm((worker) => clients[worker].query({ name: 'bare', text: 'insert into bench_rows values ($1, $2)', values: [crypto.randomUUID(), BODY.body] }))
  const bare = await forked('bare-route.ts', [url, spaces[0], author])
  const post = caller(`http://localhost:${bare.port}`, 'none', '/')
  const route = await warm(() => post('', BODY))
  bare.stop()
  const ours = await warm((worker) => posts[worker](`/spaces/${spaces[worker % spaces.length]}/entries`, BODY))
  await clients[0].query('drop table bench_rows, bench_entries, bench_events')
  await Promise.all(clients.map((client) => client.end()))
  return [
    rateLine(`create, ${posts.length} writers`, ours, rows, 'bare durable inserts', '>= 0.33'),
    rateLine('', ours, route, 'bare route with the same rows', '>= 0.5'),
  ]
}

/** A program of this folder as a process of its own, which says its port. */
async function forked(file: string, args: string[] = []): Promise<{ port: number; send: (text: string) => void; stop: () => void }> {
  const child = fork(new URL(file, import.meta.url), args, { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(message as number)))
  return { port, send: (text) => void child.send(text), stop: () => void child.kill() }
}

/**
 * Opens many sockets; `reached` waits until each has got a message that fits.
 * @param space one that they watch, beside those one follows
 */
export async function openSockets(address: string, count: number, token: string, space?: string) {
  const sockets: WebSocket[] = []
  const seen = new Map<string, { left: number; done: () => void }>()
  for (let i = 0; i < count; i += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - i) }, () => new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` }, perMessageDeflate: false })
      if (space) socket.once('open', () => socket.send(JSON.stringify({ watch: [space] })))
      socket.once('error', reject)
      socket.on('message', (data: Buffer) => {
        if (!space || data.includes('"watching"')) resolve()
        for (const [mark, wait] of seen) if (data.includes(mark) && --wait.left === 0) wait.done()
      })
      sockets.push(socket)
    })))
  }
  const reached = (mark: string) => new Promise<void>((resolve) => void seen.set(mark, { left: count, done: () => (seen.delete(mark), resolve()) }))
  return { reached, close: () => sockets.forEach((socket) => socket.terminate()) }
}

/** From sending a post to the last of many sockets having it, beside a bare `ws` broadcast of a text as long. */
export async function measureFanOut(url: string, post: Post, space: string, token: string, count: number, whileOpen: () => void): Promise<Line> {
  const ours = await openSockets(`${url.replace('http', 'ws')}/live`, count, token, space)
  whileOpen()
  const marks = { n: 0 }
  const mark = () => `mark${++marks.n}x`
  const delivered = await time(60, async () => {
    const text = mark()
    const all = ours.reached(text)
    await post(`/spaces/${space}/entries`, { body: `A line of a conversation ${text}` })
    await all
  })
  ours.close()
  return timeLine(`post to ${count} sockets`, delivered, await bareBroadcast(count), 'bare ws broadcast', '<= 1.2x')
}

/** A broadcast by `ws` and nothing else, from a process of its own, as the product's server is one. */
async function bareBroadcast(count: number): Promise<Times> {
  const child = await forked('broadcast.ts')
  const sockets = await openSockets(`ws://localhost:${child.port}`, count, 'none')
  const taken: number[] = []
  for (let i = 0; i < 120; i++) {
    const text = `bare${i}x`
    const all = sockets.reached(text)
    const began = performance.now()
    child.send(text)
    await all
    taken.push(performance.now() - began)
  }
  sockets.close()
  child.stop()
  return percentiles(taken.slice(60))
}

