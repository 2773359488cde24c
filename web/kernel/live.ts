import { useSyncExternalStore } from 'react'
import type { LiveEvent } from './types.ts'

export type LiveListener = (event: LiveEvent) => void
export type LiveState = 'idle' | 'connecting' | 'open' | 'offline'

const SILENCE = 45_000
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000
const SESSION_ENDED = 4401

const listeners = new Set<LiveListener>()
const watchers = new Set<() => void>()
let onReset = () => {}
let onGap = () => {}
let onWatched: (spaces: string[]) => void = () => {}
let onRefused: (isEnded: boolean) => void = () => {}
let socket: WebSocket | null = null
let wanted = false
let cursor: number | null = null
let state: LiveState = 'idle'
/** the spaces on the screen, and those of them that the server said it tells of */
let watched: string[] = []
let told = new Set<string>()
/** what came since the socket was opened, until everything old has come; then null */
let caughtUp: number | null = null
let failures = 0
let retry: ReturnType<typeof setTimeout> | undefined
let silence: ReturnType<typeof setTimeout> | undefined

/** Hears every event in order, each once. Returns the way to stop. */
export function subscribe(listener: LiveListener) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

type Hooks = {
  /** the log cannot be resumed */
  reset: () => void
  /** something had happened before the socket was open, or while it was closed, and has been heard now */
  gap: () => void
  /** the server has ended the session, or may have: a socket that cannot be opened does not say why */
  refused: (isEnded: boolean) => void
}

/**
 * Opens the stream and keeps it open. `after` is the last sequence number already reflected in what was fetched;
 * without it the stream starts at the present.
 */
export function connect(after: number | null, { reset, gap, refused }: Hooks) {
  onReset = reset
  onGap = gap
  onRefused = refused
  if (wanted) return
  // Only at the beginning: later, what was said between the two cursors would be taken for old and never heard.
  cursor = after
  wanted = true
  window.addEventListener('online', wake)
  window.addEventListener('offline', cutOff)
  document.addEventListener('visibilitychange', wake)
  open()
}

export function disconnect() {
  wanted = false
  cursor = null
  failures = 0
  clearTimeout(retry)
  clearTimeout(silence)
  window.removeEventListener('online', wake)
  window.removeEventListener('offline', cutOff)
  document.removeEventListener('visibilitychange', wake)
  drop()
  become('idle')
}

/** Tells the others in a direct conversation that one is writing. */
export function sendTyping(space: string) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ typing: space }))
}

/** Says which spaces are on the screen: what happens in these is heard, too, beside what happens where one is a member. */
export function watchSpaces(spaces: string[]) {
  watched = spaces
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ watch: spaces }))
}

/** Told of spaces from which on one hears what happens there; what was fetched of them before may have missed something. */
export function whenWatched(listener: (spaces: string[]) => void) {
  onWatched = listener
}

export function useLiveState() {
  return useSyncExternalStore(watch, () => state)
}

function watch(watcher: () => void) {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}

function become(next: LiveState) {
  if (next === state) return
  state = next
  for (const watcher of watchers) watcher()
}

function drop() {
  if (!socket) return
  socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null
  socket.close()
  socket = null
}

function open() {
  clearTimeout(retry)
  drop()
  if (state !== 'offline') become('connecting')
  const url = new URL('/api/v1/live', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  if (cursor !== null) url.searchParams.set('after', String(cursor))
  socket = new WebSocket(url)
  told = new Set()
  caughtUp = 0
  socket.onopen = () => {
    failures = 0
    if (watched.length) watchSpaces(watched)
    become('open')
    listenForSilence()
  }
  socket.onmessage = ({ data }) => receive(data)
  socket.onclose = ({ code }) => {
    if (code === SESSION_ENDED || failures > 0) onRefused(code === SESSION_ENDED)
    again()
  }
  listenForSilence()
}

function again() {
  clearTimeout(silence)
  drop()
  if (!wanted) return
  failures += 1
  // One lost connection is an everyday thing (a proxy, a restart); only a second failure is worth a sign.
  if (failures > 1) become('offline')
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1))
  retry = setTimeout(open, wait * (0.5 + Math.random() / 2))
}

/** The computer itself says that it has no network; the socket would notice only by its silence. */
function cutOff() {
  clearTimeout(retry)
  failures = Math.max(failures, 1)
  again()
}

/** A socket that says nothing for longer than its heartbeats is dead, whatever the browser believes. */
function listenForSilence() {
  clearTimeout(silence)
  silence = setTimeout(again, SILENCE)
}

function wake() {
  if (document.visibilityState !== 'visible' || !wanted) return
  if (socket?.readyState === WebSocket.OPEN) return
  failures = 0
  open()
}

type Frame = Partial<LiveEvent> & { reset?: boolean; seq?: number; watching?: string[] }

function receive(text: string) {
  listenForSilence()
  const frame = JSON.parse(text) as Frame | Frame[]
  for (const part of Array.isArray(frame) ? frame : [frame]) take(part)
}

function take(part: Frame) {
  if (part.reset) {
    cursor = part.seq ?? null
    caughtUp = null
    onReset()
    return
  }
  if (part.watching) return hearOf(part.watching)
  if (!part.type && caughtUp !== null) {
    if (caughtUp) onGap()
    caughtUp = null
  }
  const isOld = part.type && part.seq !== undefined && cursor !== null && part.seq <= cursor
  if (isOld) return
  if (part.seq !== undefined) cursor = Math.max(cursor ?? 0, part.seq)
  if (part.type && part.seq !== undefined && caughtUp !== null) caughtUp++
  if (part.type) for (const listener of listeners) listener(part as LiveEvent)
}

function hearOf(watching: string[]) {
  const fresh = watching.filter((space) => !told.has(space))
  told = new Set(watching)
  if (fresh.length) onWatched(fresh)
}
