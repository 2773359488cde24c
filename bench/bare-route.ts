import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import pg from 'pg'
import { EntryInput } from '../server/core/entries/schema.ts'

// The limit for creating: one route that checks the same body and writes the same rows in one durable transaction of its own,
// with nobody signed in, nothing looked up and nobody told.
const [url, space, author] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 16 })
const app = fastify()

app.post('/', async (request, reply) => {
  const { title, body } = EntryInput.parse(request.body)
  const id = crypto.randomUUID()
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query({ name: 'entry', text: `insert into bench_entries (id, space_id, kind, author_id, title, body, in_feed, active_id, created_at)
      values ($1, $2, 'update', $3, $4, $5, true, $1, now())`, values: [id, space, author, title, body] })
    await client.query({ name: 'fact', text: `insert into bench_events (type, space_id, entry_id, actor_id, data) values ('entry.published', $1, $2, $3, '{"kind":"update","root":null}')`, values: [space, id, author] })
    await client.query('commit')
  } finally {
    client.release()
  }
  return reply.code(201).send({ id, title, body, space, author })
})

await app.listen({ port: 0, host: 'localhost' })
process.send!((app.server.address() as AddressInfo).port)
