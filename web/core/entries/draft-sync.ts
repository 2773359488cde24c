import type * as draftFacts from '../../../server/features/drafts/events.ts'
import { ApiError, api } from '../../kernel/api.ts'
import { myId } from '../../kernel/session.tsx'
import type { LiveEvent, Page } from '../../kernel/types.ts'
import { arrived, besides, type Draft, EMPTY, isEmpty, isSameDraft, keptPlaces, readDraft, writeDraft } from './drafts.ts'

// What goes along with a kind stays in this browser.
type Remote = Omit<Draft, 'space' | 'facts'> & { place: string; space: string | null; root: string | null; version: number; beside: Draft[] }
declare module '../../kernel/types.ts' { interface Facts { drafts: typeof draftFacts } }

type State = { version: number; beside: number }

const QUIET = 1500
const LONGEST = 10_000
const AGAIN = 10_000
/** More than anybody has; what lies beyond it comes when its place is written at. */
const MOST = 100

// Without a key: a draft that is saved twice is the same draft, and no answer of it is kept.
const ONCE = { key: '' }

// The home composer's place has no id of its own: it is the person's.
const idOf = (place: string) => (place === 'home' ? myId() : place.replace('space/', ''))
/** What is begun in a dialog about something else stays in this browser. */
const isShared = (place: string) => !idOf(place)?.includes('/')
const placeOf = ({ place, root }: Remote) => (place === myId() ? 'home' : root ? place : `space/${place}`)
const pathOf = (place: string) => `/drafts/${idOf(place)}`

const timers = new Map<string, { timer: ReturnType<typeof setTimeout>; since: number }>()

/** Saves a draft when its author pauses, and at the latest after ten seconds. */
export function soon(place: string, wait = QUIET) {
  const since = timers.get(place)?.since ?? Date.now()
  clearTimeout(timers.get(place)?.timer)
  timers.set(place, { since, timer: setTimeout(() => void push(place), Math.max(0, Math.min(wait, since + LONGEST - Date.now()))) })
}

// Windows of one browser share what is kept here: one at a time carries it.
const inTurn = (work: () => Promise<void>): Promise<void> => (navigator.locks ? navigator.locks.request('folkmoot.drafts', work) : work())

/** Takes to the server what it lacks. What it refuses stays here; what did not reach it is tried again. */
export function push(place: string): Promise<void> {
  clearTimeout(timers.get(place)?.timer)
  timers.delete(place)
  return inTurn(async () => {
    const draft = readDraft(place)
    if (!draft.isAhead || !isShared(place)) return
    try {
      await (isEmpty(draft) ? discard(place, draft.version) : save(place, draft))
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status > 0 && error.status < 500 && error.status !== 429)) return
      soon(place, AGAIN)
    }
  })
}

async function save(place: string, draft: ReturnType<typeof readDraft>) {
  const { kind, title, body, files, version, space } = draft
  const state = await api.put<State>(pathOf(place), { version, kind: kind ?? undefined, title, body, files: files.map(({ id }) => id), space: place === 'home' ? space : undefined }, ONCE)
  confirm(place, draft, state.version)
  if (state.beside) besides.set({ ...besides.get(), [place]: (await find(place))?.beside ?? [] })
}

async function discard(place: string, version: number) {
  try {
    await api.delete(pathOf(place), { ...ONCE, query: { version } })
    confirm(place, EMPTY, 0)
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'draft_changed')) throw error
    // Another device went on with it: it is not what was sent from here.
    confirm(place, EMPTY, 0)
    adopt(place, await find(place))
  }
}

/** Notes what the server has now; what was written meanwhile is still to be saved. */
function confirm(place: string, sent: Draft, version: number) {
  const now = readDraft(place)
  const isAhead = !isSameDraft(now, sent)
  writeDraft(place, { ...now, version, isAhead })
  if (isAhead) soon(place)
}

const find = (place: string) => api.get<Remote>(pathOf(place)).catch((error) => {
  if (error instanceof ApiError && error.status === 404) return null
  throw error
})

/** Shows what came from another device, unless something here is still to be saved: the server then puts both beside each other. */
function adopt(place: string, remote: Remote | null) {
  besides.set({ ...besides.get(), [place]: remote?.beside ?? [] })
  const here = readDraft(place)
  if (here.isAhead) return soon(place, 0)
  if ((remote?.version ?? 0) === here.version) return
  const { kind, title, body, files } = remote ?? EMPTY
  // Everywhere else the place says it.
  const space = place === 'home' ? remote?.space ?? undefined : undefined
  writeDraft(place, { kind, facts: kind === here.kind ? here.facts : {}, title, body, files, space, version: remote?.version ?? 0, isAhead: false })
  arrived.set({ place })
}

/** Fetches all of one's drafts; what is gone there is gone here, unless it was changed. */
async function pull() {
  const { items, next } = await api.get<Page<Remote>>('/drafts', { limit: MOST })
  const there = new Map(items.map((draft) => [placeOf(draft), draft]))
  for (const [place, draft] of there) adopt(place, draft)
  for (const place of keptPlaces()) if (!there.has(place) && (next === null || readDraft(place).isAhead)) adopt(place, null)
}

let isStarted = false

/** From the first composer on that is shown: what was left unsaved goes, what others of one's devices have comes. */
export function start() {
  if (isStarted) return
  isStarted = true
  const look = () => {
    if (document.visibilityState === 'visible' && myId()) void inTurn(pull).catch(() => {})
  }
  look()
  document.addEventListener('visibilitychange', look)
  window.addEventListener('online', look)
}

/** One of one's devices saved or removed a draft. */
export function hear({ type, data }: LiveEvent) {
  const { place: id, version = 0 } = data as { place: string; version?: number }
  const place = id === myId() ? 'home' : keptPlaces().find((one) => idOf(one) === id) ?? id
  if (type === 'draft.saved' && readDraft(place).version === version) return
  void inTurn(async () => {
    const remote = type === 'draft.saved' ? await find(place) : null
    adopt(remote ? placeOf(remote) : place, remote)
  }).catch(() => {})
}

/** What was kept beside a draft has been looked at. */
export async function forgetBeside(place: string) {
  await push(place)
  await inTurn(async () => {
    const { version } = await api.delete<State>(`${pathOf(place)}/beside`, ONCE)
    writeDraft(place, { ...readDraft(place), version })
    besides.set({ ...besides.get(), [place]: [] })
  })
}
