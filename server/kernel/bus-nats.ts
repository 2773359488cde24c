import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node'
import type { OpenWire } from './bus.ts'

const AGAIN_MS = 1000
// Never gives up; what stands still for ten seconds is taken for gone.
const PATIENCE = { timeout: 3000, maxReconnectAttempts: -1, reconnectTimeWait: AGAIN_MS, pingInterval: 5000, maxPingOut: 2, noEcho: true, name: 'folkmoot' }

/**
 * The wire through a NATS server. It may be away at any time, also at the start: it is found again by itself, and until
 * then nothing is sent.
 * @param secret something that only the processes of this network know; its subject is made of it
 */
export const throughNats = (address: string, secret: string): OpenWire => async (hear, isBack, log) => {
  const subject = `folkmoot.${createHash('sha256').update(`bus ${secret}`).digest('hex').slice(0, 32)}`
  let connection: NatsConnection | null = null
  let isThere = false
  const closing = new AbortController()

  /** Once it was there the client looks for it by itself. */
  async function find(): Promise<NatsConnection | null> {
    // Loaded where there is a NATS server to speak to.
    const { connect } = await import('@nats-io/transport-node')
    for (let tries = 0; !closing.signal.aborted; tries++) {
      try {
        return await connect({ ...optionsOf(address), ...PATIENCE })
      } catch (error) {
        if (!tries) log.warn({ err: error }, 'NATS is away; it is looked for')
        await sleep(AGAIN_MS, undefined, closing).catch(() => {})
      }
    }
    return null
  }

  async function open(): Promise<void> {
    const opened = await find()
    if (!opened || closing.signal.aborted) return opened?.close()
    opened.subscribe(subject, { callback: (_error, message) => message && hear(message.string()) })
    connection = opened
    isThere = true
    isBack()
    for await (const { type } of opened.status()) {
      if (type !== 'disconnect' && type !== 'reconnect') continue
      isThere = type === 'reconnect'
      if (isThere) isBack()
      isThere ? log.info('NATS is there again') : log.warn('NATS is away: others are heard of by looking into the database')
    }
  }
  const opening = open().catch((error) => log.error({ err: error }, 'NATS cannot be used'))

  return {
    // What could not be sent is not kept: it would be old news.
    send: (text) => void (isThere && connection?.publish(subject, text)),
    close: async () => {
      closing.abort()
      if (!connection) return
      await connection.close()
      await opening
    },
  }
}

function optionsOf(address: string): NodeConnectionOptions {
  const { protocol, host, username, password } = new URL(address)
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)]
  return {
    servers: host,
    // One word before the @ is a token, two are a name and its password.
    ...(pass ? { user, pass } : user ? { token: user } : {}),
    ...(protocol === 'tls:' && { tls: {} }),
  }
}
