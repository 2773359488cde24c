import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Pool } from './db.ts'
import type { Log } from './log.ts'

// Any constant will do; it names the lock "I number the events of this database".
const LEADER_LOCK = 7_106_221
const LOOK_EVERY_MS = 250
// Facts that come closer to each other than this are numbered together: one look and one commit for all of them.
const GATHER_MS = 8

export type Relay = { wake: () => void; stop: () => Promise<void> }

/**
 * Numbers committed events, so that a cursor never skips: numbers given at insert become visible out of order, numbers
 * given here do not. One process leads (an advisory lock held by one connection); the others only look for news.
 * @param onNews called when events with new numbers are visible, with the highest number
 */
export function startRelay(pool: Pool, log: Log, onNews: (seq: number) => void): Relay {
  let client: PoolClient | null = null
  let stopped = false
  let known = -1
  let rouse: () => void = () => {}
  let roused = false

  const wake = () => {
    roused = true
    rouse()
  }
  const nap = () => new Promise<void>((resolve) => {
    if (roused) return resolve()
    const timer = setTimeout(resolve, LOOK_EVERY_MS)
    rouse = () => {
      clearTimeout(timer)
      resolve()
    }
  })

  async function loop() {
    for (let looked = 0; !stopped;) {
      const early = looked + GATHER_MS - performance.now()
      if (early > 0) await sleep(early)
      looked = performance.now()
      roused = false
      try {
        client ??= await lead(pool)
        const news = client ? await stamp(client) : await highest(pool)
        if (news > known) onNews((known = news))
      } catch (error) {
        if (!stopped) log.warn({ err: error }, 'relay: the database is away, trying again')
        client?.release(true)
        client = null
      }
      if (!stopped) await nap()
    }
    client?.release(true)
  }
  const done = loop()
  return { wake, stop: () => ((stopped = true), wake(), done) }
}

async function lead(pool: Pool): Promise<PoolClient | null> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as leads', [LEADER_LOCK])
    if (rows[0].leads) return client
  } catch (error) {
    client.release(true)
    throw error
  }
  client.release()
  return null
}

/**
 * Numbers what is committed and has no number yet. This commit waits for the disk: a number that somebody has seen must not
 * be given twice, nor a fact get two.
 * @returns the highest number there is
 */
async function stamp(client: PoolClient): Promise<number> {
  for (;;) {
    // Without a name: a plan that is kept from when the log was short reads all of it for each fact after an import.
    const { rows } = await client.query<{ seq: number }>(`
      with next as (select id from events where seq is null order by id limit 2000),
      numbered as (select id, nextval('events_seq') as seq from (select id from next order by id) n)
      update events set seq = numbered.seq from numbered where events.id = numbered.id returning events.seq`)
    if (rows.length < 2000) return rows.length ? rows.reduce((most, { seq }) => Math.max(most, seq), 0) : highest(client)
  }
}

const highest = async (db: Pick<Pool, 'query'>): Promise<number> =>
  Number((await db.query({ name: 'relay-highest', text: 'select coalesce(max(seq), 0) as seq from events' })).rows[0].seq)
