import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { OpenWire } from './bus.ts'

const CHANNEL = 'folkmoot'
const AGAIN_MS = 1000

/** The wire that every network has: LISTEN and NOTIFY of its own database, on a connection of its own. */
export const throughPostgres = (options: pg.ClientConfig): OpenWire => async (hear, isBack, log) => {
  let client: pg.Client | null = null
  let isClosed = false

  async function open(): Promise<void> {
    const opening = new pg.Client({ ...options, keepAlive: true })
    opening.on('error', () => {})
    opening.once('end', () => {
      if (client !== opening) return
      client = null
      void again()
    })
    opening.on('notification', ({ payload }) => hear(payload!))
    try {
      await opening.connect()
      await opening.query(`listen ${CHANNEL}`)
    } catch (error) {
      void opening.end().catch(() => {})
      throw error
    }
    client = opening
  }
  async function again(): Promise<void> {
    while (!isClosed && !client) {
      await sleep(AGAIN_MS, undefined, { ref: false })
      await open().then(isBack, (error) => log.debug({ err: error }, 'bus: the database is away, trying again'))
    }
    if (isClosed) await client?.end().catch(() => {})
  }

  await open()
  return {
    // Never within the transaction that wrote something: all that commit with a notification wait for each other.
    send: (text) => void client?.query('select pg_notify($1, $2)', [CHANNEL, text]).catch(() => {}),
    close: async () => {
      isClosed = true
      await client?.end().catch(() => {})
    },
  }
}
