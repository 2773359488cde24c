import { announce } from '../../kernel/announce.tsx'
import { ApiError, api, newKey } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { beforeSignOut, currentMe } from '../../kernel/session.tsx'
import { createStore } from '../../kernel/store.ts'
import type { Entry, FactName, Me } from '../../kernel/types.ts'
import { applyAnswer } from './cache.ts'
import { giveBack } from './draft-keeping.ts'
import { KEPT, pending, type Place, type SendingState, type Written } from './sending.ts'
import { noteSpace, undoing } from './writing-habits.ts'

/** What one does about an entry: what is put at an address, or with null taken from it, or (`adds`) posted there; and as which event the answer is taken in. */
export type Deed = { entry: string; path: string; body: object | null; adds?: boolean; type: FactName; data: Record<string, unknown> }
/** What was done and is not confirmed yet. */
export const doing = createStore<{ key: string; state: SendingState; deed: Deed }[]>([])

/** `from`: the composer it was written in · `at`: when a page last did something about it · `tab`: which one · `deed`: nothing written, but this */
type Letter = { key: string; place: Place; written: Written; from: string; at: number; tab: string; deed?: Deed }

/** How long it can be taken back before anybody hears of it. */
const HELD = 5000
const PATIENCE = 20_000
const LONGEST_PAUSE = 30_000
/** Whose page has done nothing about it for so long has been closed. */
const LEFT = 60_000

// A page that is loaded again is the same one; another window is not.
const tab = (sessionStorage['folkmoot.tab'] ??= newKey()) as string

const nameOf = (me: string, key: string) => `${KEPT}${me}.${key}`

function keep(me: string, letter: Letter) {
  try {
    localStorage.setItem(nameOf(me, letter.key), JSON.stringify(letter))
  } catch {
    // A full or forbidden storage must not keep anything from being sent.
  }
}

/** What is under way from this page, and how to end the pause of what waits. */
const letters = new Map<string, Letter>()
const held = new Map<string, () => void>()
const queues = new Map<string, Promise<unknown>>()

/**
 * Sends, showing it at once. What is written in one place arrives in the order it was written.
 *
 * It is held back for a moment first, in which it can be taken back: what somebody has seen, or has in a letter, no undoing
 * takes out of the world. Direct conversations are live, so nothing is held there. Meanwhile it is kept in this browser, and what
 * could not be sent stays there and is tried again under the same key, which the server carries out once.
 */
export function send(place: Place, written: Written, from: string, { isHeld = true } = {}): void {
  const me = currentMe()!
  const letter = { key: newKey(), place, written, from, at: Date.now(), tab }
  keep(me.id, letter)
  releaseAll()
  if (isHeld) noteSpace(place.space)
  enqueue(me, letter, isHeld && undoing.get() ? HELD : 0)
}

/** Sends and waits for the answer. @throws ApiError when the server refused, or could not be reached */
export async function sendNow(place: Place, written: Written): Promise<Entry> {
  const entry = await deliver({ key: newKey(), place, written })
  applyAnswer({ type: 'entry.published', space: entry.space, entry })
  return entry
}

const NOTHING: Written = { kind: null, facts: {}, title: '', body: '', files: [] }

/** Does something about an entry as what is written is sent: kept in this browser until the server has it, and tried again under the same key. */
export function perform(space: string, deed: Deed, key = newKey()): void {
  const me = currentMe()!
  const letter = { key, place: { space, root: deed.entry }, written: NOTHING, from: '', at: Date.now(), tab, deed }
  keep(me.id, letter)
  enqueue(me, letter, 0)
}

/** The same from where the words for it stand still: only what does not get through waits. @returns whether it is done @throws ApiError what the server has against it */
export async function performNow(space: string, deed: Deed): Promise<boolean> {
  const key = newKey()
  try {
    const entry = await deliver({ key, place: { space, root: deed.entry }, written: NOTHING, deed })
    applyAnswer({ type: deed.type, data: deed.data, space: entry.space, entry })
    return true
  } catch (error) {
    if (!isPassing(error)) throw error
    perform(space, deed, key)
    return false
  }
}

/** Takes back what is not sent yet: its words and files stand where they were written. */
export function takeBack(key: string) {
  const letter = letters.get(key)
  if (!letter || pending.get().find((one) => one.key === key)?.state === 'going') return
  drop(currentMe()!, key)
  letGo(key)
  giveBack(letter.from, letter.written, '')
}

function enqueue(me: Me, letter: Letter, wait: number) {
  const { key, place, written } = letter
  letters.set(key, letter)
  if (letter.deed) doing.set([...doing.get(), { key, state: 'going', deed: letter.deed }])
  else pending.set([...pending.get(), { key, place, state: wait ? 'held' : 'going', entry: unconfirmed(key, me, place, written) }])
  const queue = `${place.space}/${place.root}`
  const turn = Promise.all([queues.get(queue), pause(key, wait)]).then(() => carry(me, letter)).catch(() => {})
  queues.set(queue, turn)
}

/** Ends early when it is let go. */
const pause = (key: string, wait: number) => wait > 0 && new Promise<void>((resolve) => {
  const timer = setTimeout(() => letGo(key), wait)
  held.set(key, () => {
    clearTimeout(timer)
    resolve()
  })
})

function letGo(key: string) {
  const go = held.get(key)
  held.delete(key)
  go?.()
}

function releaseAll() {
  for (const key of held.keys()) letGo(key)
}

/** Until the server has answered: with the entry, or with a reason why there is none. */
async function carry(me: Me, letter: Letter) {
  const { key, written, from } = letter
  for (let tries = 0; letters.has(key); tries++) {
    say(key, 'going')
    keep(me.id, { ...letter, at: Date.now() })
    try {
      const entry = await deliver(letter)
      drop(me, key)
      const { type, data } = letter.deed ?? { type: 'entry.published' as const, data: {} }
      applyAnswer({ type, data, space: entry.space, entry })
      return announce(i18n.t('entries:sent'))
    } catch (error) {
      if (!isPassing(error)) {
        drop(me, key)
        if (letter.deed) return notifyFailure(i18n.t('entries:not_done'), error)
        return giveBack(from, written, i18n.t('entries:not_sent', { reason: reasonOf(i18n.t, error) }))
      }
    }
    say(key, 'waiting')
    if (tries === 0) announce(i18n.t('entries:not_sent_yet'))
    await pause(key, Math.min(LONGEST_PAUSE, 2000 * 2 ** tries))
  }
}

/** The server was not reached, is not well, or asks for patience or a new session: nothing about what was written. */
export const isPassing = (error: unknown) => !(error instanceof ApiError) || error.status === 0 || error.status >= 500 || [401, 408, 429].includes(error.status)

function deliver({ key, place: { space, root }, written, deed }: Pick<Letter, 'key' | 'place' | 'written' | 'deed'>) {
  if (deed) {
    const options = { key, keepalive: true, signal: AbortSignal.timeout(PATIENCE) }
    if (deed.adds) return api.post<Entry>(deed.path, deed.body, options)
    return deed.body ? api.put<Entry>(deed.path, deed.body, options) : api.delete<Entry>(deed.path, options)
  }
  const { kind, facts, title, body, files } = written
  const begun = root === null ? { ...facts, ...(kind && { kind }), ...(title && { title }) } : {}
  const content = { body, files: files.map(({ id }) => id), ...begun }
  // Goes on when the page is left, which browsers allow to what is short.
  const keepalive = JSON.stringify(content).length < 20_000
  return api.post<Entry>(root ? `/entries/${root}/replies` : `/spaces/${space}/entries`, content, { key, keepalive, signal: AbortSignal.timeout(PATIENCE) })
}

function say(key: string, state: SendingState) {
  pending.set(pending.get().map((one) => (one.key === key ? { ...one, state } : one)))
  if (doing.get().some((one) => one.key === key)) doing.set(doing.get().map((one) => (one.key === key ? { ...one, state } : one)))
}

function drop(me: Me, key: string) {
  letters.delete(key)
  localStorage.removeItem(nameOf(me.id, key))
  pending.set(pending.get().filter((one) => one.key !== key))
  doing.set(doing.get().filter((one) => one.key !== key))
}

/** Takes up what an earlier page, or a window that was closed, left behind. */
export function resume() {
  const me = currentMe()
  if (!me) return
  const left = Object.keys(localStorage).filter((name) => name.startsWith(nameOf(me.id, ''))).map((name) => JSON.parse(localStorage.getItem(name)!) as Letter)
  const others = left.filter(({ key }) => !letters.has(key)).sort((a, b) => a.at - b.at)
  const isLeft = (one: Letter) => one.tab === tab || Date.now() - one.at > LEFT
  for (const one of others.filter(isLeft)) {
    keep(me.id, { ...one, tab, at: Date.now() })
    enqueue(me, { ...one, tab }, 0)
  }
  if (!others.every(isLeft)) setTimeout(resume, LEFT)
}

window.addEventListener('online', releaseAll)
// The page may not come back: what is held goes with it. Whether it arrived, the next page asks by sending it again.
window.addEventListener('pagehide', () => {
  for (const { key, state } of pending.get()) if (state === 'held') void deliver(letters.get(key)!).catch(() => {})
})
beforeSignOut(async () => {
  releaseAll()
  await Promise.race([Promise.all(queues.values()), new Promise((resolve) => setTimeout(resolve, 3000))])
})

function unconfirmed(key: string, me: Me, { space, root }: Place, { kind, title, body, files }: Written): Entry {
  const now = new Date().toISOString()
  return {
    id: `pending-${key}`, space, kind: root ? 'message' : kind ?? 'update', root, parent: root, author: me.id, by: me, title, body, state: 'published',
    created_at: now, edited_at: null, reply_count: 0, active_at: now, active_id: key, reactions: [], mentions: [], files, previews: [], repliers: [], imported: null, stance: null, resolved: null, saved: false, pinned: null, corrected: null,
  }
}
