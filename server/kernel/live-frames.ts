import type { LiveEvent } from './live-source.ts'

/** A cursor from a query or header: a whole number, or null for "from now on". */
export const cursorOf = (text: string | null | undefined): number | null =>
  text && /^\d{1,15}$/.test(text) ? Number(text) : null

/** So many facts are looked through for who comes back; who is further behind fetches afresh. */
export const MAX_BEHIND = 50_000

/** What a socket says it has on its screen: at most 100 spaces, all of them; null for anything else. */
export function watchOf(frame: unknown): string[] | null {
  const spaces = (frame as { watch?: unknown } | null)?.watch
  return Array.isArray(spaces) && spaces.length <= 100 && spaces.every((id) => typeof id === 'string' && id.length <= 36) ? [...new Set(spaces as string[])] : null
}

let last: { text: string; frame: Buffer } = { text: '', frame: Buffer.alloc(0) }
/** A text as a frame of a WebSocket, whole and unmasked (RFC 6455, 5.2); that of the last one is kept, because it goes to many. */
export function framed(text: string): Buffer {
  if (last.text !== text) last = { text, frame: frameOf(Buffer.from(text)) }
  return last.frame
}

const FINAL_TEXT = 0x81

function frameOf(bytes: Buffer): Buffer {
  const size = bytes.length < 126 ? 2 : bytes.length < 65_536 ? 4 : 10
  const head = Buffer.alloc(size)
  head[0] = FINAL_TEXT
  head[1] = size === 2 ? bytes.length : size === 4 ? 126 : 127
  if (size === 4) head.writeUInt16BE(bytes.length, 2)
  else if (size === 10) head.writeBigUInt64BE(BigInt(bytes.length), 2)
  return Buffer.concat([head, bytes])
}

/** A frame of the socket as server-sent events: facts with their number as id, what else there is to say as a comment or `reset`. */
export function asServerSentEvents(text: string): string {
  if (text[0] === '{') return text.includes('"reset"') ? `event: reset\ndata: ${text}\n\n` : `:${text}\n\n`
  return (JSON.parse(text) as LiveEvent[]).map((e) => `${e.seq ? `id: ${e.seq}\n` : ''}data: ${JSON.stringify(e)}\n\n`).join('')
}

/** Whether something may be done once more in this second. */
export function perSecond(most: number): () => boolean {
  let [second, count] = [0, 0]
  return () => {
    const now = Math.floor(Date.now() / 1000)
    if (now !== second) [second, count] = [now, 0]
    return ++count <= most
  }
}
