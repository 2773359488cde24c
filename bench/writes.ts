import pg from 'pg'
import WebSocket from 'ws'
import { type Line, percentiles, rate, rateLine, time, timeLine, type Times } from './measure.ts'

type Post = (path: string, body: unknown) => Promise<{ id: string }>

/** Posting over HTTP beside a bare durable insert of one row, with as many writers. */
export async function measureCreate(url: string, posts: Post[], spaces: string[]): Promise<Line> {
  const clients = await Promise.all(posts.map(async () => {
    const client = new pg.Client(url)
    await client.connect()
    return client
  }))
  await clients[0].query('create table if not exists bench_rows (id uuid primary key, body text)')
  const insert = (worker: number) => clients[worker].query({ name: 'bare', text: 'insert into bench_rows values ($1, $2)', values: [crypto.randomUUID(), 'A line of a conversation, as people write it.'] })
  await rate(posts.length, 1, insert)
  const bare = await rate(posts.length, 4, insert)
  const create = (worker: number) => posts[worker](`/spaces/${spaces[worker % spaces.length]}/entries`, { body: 'A line of a conversation, as people write it.' })
  await rate(posts.length, 3, create)
  const ours = await rate(posts.length, 4, create)
  await clients[0].query('drop table bench_rows')
  await Promise.all(clients.map((client) => client.end()))
  return rateLine(`create, ${posts.length} writers`, ours, bare, 'bare durable inserts', '>= 0.33')
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
  const { fork } = await import('node:child_process')
  const child = fork(new URL('broadcast.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(message as number)))
  const sockets = await openSockets(`ws://localhost:${port}`, count, 'none')
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
  child.kill()
  return percentiles(taken.slice(60))
}

