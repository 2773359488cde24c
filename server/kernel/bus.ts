import { randomUUID } from 'node:crypto'
import type { Log } from './log.ts'

/** Carries texts between the processes of one network, as far as it can: what it loses is lost. */
export type Wire = { send: (text: string) => void; close: () => Promise<void> }
/** Begins to carry; what was away at first, or for a while, calls `isBack` when it is there. */
export type OpenWire = (hear: (text: string) => void, isBack: () => void, log: Log) => Promise<Wire>

type Fact = string | number

/**
 * What the processes of a network tell each other: ids and numbers only, and nothing that must arrive. What counts is in
 * PostgreSQL, where each of them looks by itself every so often; being told spares it the wait.
 */
export type Bus = {
  /** tells all others; free while there are none */
  tell: (topic: string, ...facts: Fact[]) => void
  /** calls `listener` with what another process tells of this topic */
  hear: (topic: string, listener: (...facts: Fact[]) => void) => void
  close: () => Promise<void>
}

/** The bus of a process that has nobody to talk to: a command line, a test. */
export const noBus: Bus = { tell: () => {}, hear: () => {}, close: async () => {} }

const GATHER_MS = 5
const GREET_MS = 10_000
const GONE_MS = 3 * GREET_MS
// NOTIFY carries less than 8,000 bytes.
const LARGEST = 7000

type Frame = { from: string; greets?: 'coming' | 'here' | 'leaving'; said?: [string, ...Fact[]][] }

/** Joins the processes of this network. Who is there is found by greeting, so that a process alone tells nobody anything. */
export async function joinBus(open: OpenWire, log: Log): Promise<Bus> {
  const me = randomUUID()
  const others = new Map<string, number>()
  const listeners = new Map<string, (...facts: Fact[]) => void>()
  let said: string[] = []
  let gathering: NodeJS.Timeout | undefined

  const greet = (greets: Frame['greets']) => wire.send(JSON.stringify({ from: me, greets }))
  const forget = () => {
    for (const [other, heard] of others) if (heard < Date.now() - GONE_MS) others.delete(other)
  }
  const hear = (text: string) => {
    const { from, greets, said = [] } = JSON.parse(text) as Frame
    if (from === me) return
    others.set(from, Date.now())
    if (greets === 'leaving') others.delete(from)
    if (greets === 'coming') greet('here')
    for (const [topic, ...facts] of said) listeners.get(topic)?.(...facts)
  }
  function flush() {
    gathering = undefined
    for (let batch = said.splice(0); batch.length;) {
      let [end, size] = [0, 0]
      while (end < batch.length && (end === 0 || size + batch[end].length < LARGEST)) size += batch[end++].length
      wire.send(`{"from":"${me}","said":[${batch.splice(0, end).join()}]}`)
    }
  }

  const wire = await open((text) => {
    try {
      hear(text)
    } catch (error) {
      log.warn({ err: error }, 'bus: what was heard could not be understood')
    }
  }, () => greet('coming'), log)
  greet('coming')
  const greeting = setInterval(() => (forget(), greet('here')), GREET_MS).unref()
  return {
    tell: (...what) => {
      if (!others.size) return
      said.push(JSON.stringify(what))
      gathering ??= setTimeout(flush, GATHER_MS)
    },
    hear: (topic, listener) => void listeners.set(topic, listener),
    close: async () => {
      clearInterval(greeting)
      clearTimeout(gathering)
      greet('leaving')
      await wire.close()
    },
  }
}
