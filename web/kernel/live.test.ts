import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveEvent } from './types.ts'

class FakeSocket {
  static OPEN = 1
  static all: FakeSocket[] = []
  readyState = 1
  sent: string[] = []
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: ((closed: { code: number }) => void) | null = null
  onerror: (() => void) | null = null
  readonly url: URL
  constructor(url: URL) {
    this.url = url
    FakeSocket.all.push(this)
  }
  send(text: string) { this.sent.push(text) }
  close() { this.readyState = 3 }
  say(frame: unknown) { this.onmessage?.({ data: JSON.stringify(frame) }) }
}

const last = () => FakeSocket.all.at(-1)!
const cursor = () => last().url.searchParams.get('after')
const event = (seq: number) => ({ seq, type: 'entry.published', space: 's', actor: null, data: {}, at: '' })

const nothing = () => {}
const hooks = { reset: nothing, gap: nothing, refused: nothing }
let live: typeof import('./live.ts')
let heard: LiveEvent[]

beforeEach(async () => {
  vi.useFakeTimers()
  const quiet = { addEventListener() {}, removeEventListener() {} }
  vi.stubGlobal('window', quiet)
  vi.stubGlobal('document', { ...quiet, visibilityState: 'visible' })
  vi.stubGlobal('location', { href: 'http://moot.example/' })
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.resetModules()
  FakeSocket.all = []
  heard = []
  live = await import('./live.ts')
  live.subscribe((one) => heard.push(one))
})

afterEach(() => {
  live.disconnect()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a lost connection goes on behind the last event that was heard, and hears none twice', () => {
  live.connect(5, hooks)
  expect(last().url.href).toBe('ws://moot.example/api/v1/live?after=5')
  last().onopen?.()
  last().say([event(6), event(7)])
  last().onclose?.({ code: 1006 })
  vi.advanceTimersByTime(1000)
  expect(cursor()).toBe('7')
  last().say([event(7), event(8)])
  expect(heard.map(({ seq }) => seq)).toEqual([6, 7, 8])
})

test('heartbeats move the cursor and reach nobody', () => {
  live.connect(5, hooks)
  last().say({ seq: 9 })
  last().onclose?.({ code: 1006 })
  vi.advanceTimersByTime(1000)
  expect(cursor()).toBe('9')
  expect(heard).toEqual([])
})

test('a log that cannot be resumed is begun again', () => {
  const reset = vi.fn()
  live.connect(5, { ...hooks, reset })
  last().say({ reset: true, seq: 40 })
  expect(reset).toHaveBeenCalledOnce()
  last().say([event(41)])
  expect(heard.map(({ seq }) => seq)).toEqual([41])
})

test('a newer number from elsewhere does not make what is still on its way old', () => {
  live.connect(5, hooks)
  live.connect(9, hooks)
  last().say([event(6)])
  expect(heard.map(({ seq }) => seq)).toEqual([6])
})

test('an ended session is told as such', () => {
  const refused = vi.fn()
  live.connect(5, { ...hooks, refused })
  last().onclose?.({ code: 4401 })
  expect(refused).toHaveBeenCalledWith(true)
})

test('a connection that falls silent is given up', () => {
  live.connect(5, hooks)
  const first = last()
  vi.advanceTimersByTime(60_000)
  expect(last()).not.toBe(first)
})

test('what is not logged is heard, too: somebody writes', () => {
  live.connect(5, hooks)
  last().say([{ type: 'typing', space: 's', actor: 'bob' }])
  expect(heard.map(({ type }) => type)).toEqual(['typing'])
  live.sendTyping('s')
  expect(last().sent).toEqual(['{"typing":"s"}'])
})

test('what is on the screen is said again when a connection is new, and what is told of anew is known', () => {
  const watched = vi.fn()
  live.whenWatched(watched)
  live.watchSpaces(['s'])
  live.connect(5, hooks)
  last().onopen?.()
  expect(last().sent).toEqual(['{"watch":["s"]}'])
  last().say({ seq: 5, watching: ['s'] })
  live.watchSpaces(['s', 't'])
  expect(last().sent.at(-1)).toBe('{"watch":["s","t"]}')
  last().say({ seq: 5, watching: ['s', 't'] })
  expect(watched.mock.calls).toEqual([[['s']], [['t']]])
  last().onclose?.({ code: 1006 })
  vi.advanceTimersByTime(1000)
  last().onopen?.()
  last().say({ seq: 5, watching: ['s', 't'] })
  expect(last().sent).toEqual(['{"watch":["s","t"]}'])
  expect(watched).toHaveBeenLastCalledWith(['s', 't'])
})

test('a gap is one when something happened in it, and ends when everything old has come', () => {
  const gap = vi.fn()
  live.connect(5, { ...hooks, gap })
  last().say({ seq: 5 })
  last().say([event(6)])
  last().say({ seq: 6 })
  expect(gap).not.toHaveBeenCalled()
  last().onclose?.({ code: 1006 })
  vi.advanceTimersByTime(1000)
  last().say([event(7), event(8)])
  expect(gap).not.toHaveBeenCalled()
  last().say({ seq: 8 })
  last().say({ seq: 8 })
  expect(gap).toHaveBeenCalledOnce()
})
