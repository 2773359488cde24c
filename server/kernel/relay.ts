import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { type Bus, noBus } from './bus.ts'
import { planOnce, type Pool } from './db.ts'
import type { Log } from './log.ts'

// Any constant will do; it names the lock "I number the events of this database".
const LEADER_LOCK = 7_106_221
const LOOK_EVERY_MS = 250
// Facts that come closer to each other than this are numbered together: one look and one commit for all of them.
const GATHER_MS = 8

// Facts without a number for so long, while none is given to any: whoever leads stands still.
const STUCK_MS = 3000

export type Relay = { wake: () => void; stop: () => Promise<void> }

/** What a process is to the log: it looks, it numbers, or it has just begun to, also again after the database was away. */
export type Role = 'follows' | 'leads' | 'begins'

/**
 * Numbers committed events, so that a cursor never skips: numbers given at insert become visible out of order, numbers
 * given here do not. One process leads (an advisory lock held by one connection); the others look for news, at once when
 * they are told of them, and take over when the leader is gone or stands still.
 * @param onNews called when events with new numbers are visible, with the highest number; and when this process begins to lead
 */
export function startRelay(pool: Pool, log: Log, onNews: (seq: number, role: Role) => void, bus: Bus = noBus): Relay {
  const isStuck = watchLeader(pool)
  let client: PoolClient | null = null
  let stopped = false
  let known = -1
  let rouse: () => void = () => {}
  let roused = false

  const look = () => {
    roused = true
    rouse()
  }
  // Who does not lead has nothing to look for yet: the leader gives the number and says so.
  const wake = () => (client ? look() : bus.tell('written'))
  bus.hear('written', () => client && look())
  bus.hear('numbered', () => client || look())
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
      const told = roused
      const early = looked + GATHER_MS - performance.now()
      if (early > 0) await sleep(early)
      looked = performance.now()
      roused = false
      try {
        const begins = client === null
        if (!client && !told) client = await lead(pool)
        const news = client ? await stamp(client) : await highest(pool)
        if (client && news > known) bus.tell('numbered')
        if (news > known || (client && begins)) onNews((known = news), client ? (begins ? 'begins' : 'leads') : 'follows')
        if (!client && !told && (await isStuck(news))) await unseat(pool, log)
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
  return { wake, stop: () => ((stopped = true), look(), done) }
}

async function lead(pool: Pool): Promise<PoolClient | null> {
  const client = await pool.connect()
  try {
    // A leader whose machine vanished is noticed by the database in four seconds; nothing is set where there is no TCP.
    const { rows } = await client.query(`select pg_try_advisory_lock($1) as leads,
      set_config('tcp_keepalives_idle', '2', false), set_config('tcp_keepalives_interval', '1', false), set_config('tcp_keepalives_count', '2', false)`, [LEADER_LOCK])
    if (rows[0].leads) {
      // The plan for numbering is made once and leads along the index: one from when the log was short would read all of it.
      await client.query(`select ${planOnce(false)}`)
      return client
    }
  } catch (error) {
    client.release(true)
    throw error
  }
  client.release()
  return null
}

/** Tells, asked again and again with the highest number, whether facts wait for one and nobody gives any. */
function watchLeader(pool: Pool): (highest: number) => Promise<boolean> {
  let seen = { highest: -1, since: 0 }
  return async (highest) => {
    const { rows: [{ waits }] } = await pool.query<{ waits: boolean }>({ name: 'relay-waits', text: 'select exists(select from events where seq is null) as waits' })
    if (!waits || highest !== seen.highest) seen = { highest, since: performance.now() }
    return performance.now() - seen.since > STUCK_MS
  }
}

/** Ends the connection of a leader that stands still, and with it what it may be in the middle of; then anybody may lead. */
async function unseat(pool: Pool, log: Log): Promise<void> {
  log.warn('relay: the process that leads stands still; another one takes over')
  await pool.query(`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and granted and classid = 0 and objid = $1 and database = (select oid from pg_database where datname = current_database())`, [LEADER_LOCK])
}

/**
 * Numbers what is committed and has no number yet. This commit waits for the disk: a number that somebody has seen must not
 * be given twice, nor a fact get two.
 * @returns the highest number there is
 */
async function stamp(client: PoolClient): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ seq: number }>({ name: 'relay-number', text: `
      with next as (select id from events where seq is null order by id limit 2000),
      numbered as (select id, nextval('events_seq') as seq from (select id from next order by id) n)
      update events set seq = numbered.seq from numbered where events.id = numbered.id returning events.seq` })
    if (rows.length < 2000) return rows.length ? rows.reduce((most, { seq }) => Math.max(most, seq), 0) : highest(client)
  }
}

const highest = async (db: Pick<Pool, 'query'>): Promise<number> =>
  Number((await db.query({ name: 'relay-highest', text: 'select coalesce(max(seq), 0) as seq from events' })).rows[0].seq)
