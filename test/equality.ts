import { expect } from 'vitest'
import { type Client, type Json, type scene, server } from '../server/scene.ts'
import { applyEvent } from '../web/core/entries/apply-event.ts'
import type { Cache } from '../web/core/entries/fetched.ts'
import type { LiveEvent } from '../web/kernel/types.ts'

// What features know of it, as the web app has it.
import.meta.glob('../web/features/*/apply.ts', { eager: true })

/** What a browser has open: names of what is fetched, as the web app keeps it. */
export type Views = { spaces?: string[]; threads?: string[]; topics?: string[]; /** further lists, by their key: where they are fetched */ lists?: Record<string, string> }
type Equal = (viewers: Client[], views: Views, command: () => Promise<unknown>, asks?: string[]) => Promise<void>
/** Histories that features bring, told to one function: each pushes its own. */
export const equalities: { name: string; play: (people: Awaited<ReturnType<typeof scene>>, equal: Equal) => Promise<void> }[] = []

type Options = {
  /** views that a browser has to ask for again after this, as an event cannot say how they are now */
  asks?: string[]
}

/**
 * Events equal fetch: whoever had fetched everything, and applies the events that a command causes by the web app's own
 * function, holds what they would fetch now. Each viewer must come to that by themselves.
 *
 *     await expectEventsEqualFetch([ann, bob], { spaces: [team.id] }, () => bob.post(…))
 */
export async function expectEventsEqualFetch(viewers: Client[], views: Views, command: () => Promise<unknown>, { asks = [] }: Options = {}): Promise<Json[]> {
  const { running } = await server()
  await running.settled()
  const spaces = await spacesOf(viewers[0], views)
  const screens = []
  for (const viewer of viewers) {
    const live = await viewer.live()
    await live.watch(...spaces)
    screens.push({ viewer, live, before: await fetchAll(viewer, views) })
  }
  await command()
  await running.settled()
  const [{ live: first }] = screens
  for (const { viewer, live, before } of screens) {
    await live.pong()
    const { state, asked } = apply(before, live.events, viewer.id, spaces)
    const fresh = await fetchAll(viewer, views)
    for (const [key, data] of fresh) {
      if (asked.has(key)) expect(asks.some((name) => key.startsWith(name)), `${viewer.handle} has to ask for ${key} again`).toBe(true)
      else expect(plain(key, state.get(key)), `${viewer.handle}: ${key}`).toEqual(plain(key, key.startsWith('topic/') ? withoutNew(data, before.get(key)) : data))
    }
    live.close()
  }
  return first.events
}

/** What a browser with these views on its screen watches. */
async function spacesOf(viewer: Client, { spaces = [], threads = [], topics = [] }: Views): Promise<string[]> {
  const found = await Promise.all(topics.map((topic) => viewer.get(`/topics/${topic}/entries`)))
  const heads = await Promise.all(threads.map((id) => viewer.get(`/entries/${id}`)))
  return [...new Set([...spaces, ...[...heads, ...found.flatMap(({ items }) => items)].map(({ space }) => space)])]
}

/** Everything on the screens of a person, under the web app's keys. */
async function fetchAll(viewer: Client, { spaces = [], threads = [], topics = [], lists = {} }: Views): Promise<Map<string, Json>> {
  const state = new Map<string, Json>()
  const pages = (page: Json) => ({ pages: [page], pageParams: [null] })
  const get = async (key: string, path: string, shape: (answer: Json) => Json) => {
    const answer = await viewer.get(path)
    if (!answer.status || answer.items || answer.id || answer.root) state.set(key, shape(answer))
  }
  await get('home/latest', '/home?limit=100', pages)
  await get('home/unread', '/home?limit=100&unread=true', pages)
  await get('inbox', '/inbox?limit=100', pages)
  await get('unread', '/unread', (counts) => counts)
  await get('conversations', '/conversations?limit=100', (page) => page)
  await get('spaces/mine', '/spaces?mine=true&limit=100', ({ items }) => items)
  for (const id of spaces) {
    await get(`space/${id}`, `/spaces/${id}`, (space) => space)
    await get(`entries/${id}/threads`, `/spaces/${id}/entries?view=threads&order=active&limit=100`, pages)
    await get(`entries/${id}/flat`, `/spaces/${id}/entries?view=flat&order=created&limit=100`, ({ items, next }) => ({ items: items.toReversed(), earlier: next, later: null }))
  }
  for (const id of threads) {
    await get(`thread/${id}`, `/entries/${id}/thread?limit=100`, ({ root, read_to, waiting, items, next }) => ({ root, read_to, waiting, items, earlier: null, later: next }))
    await get(`entry/${id}`, `/entries/${id}`, (entry) => entry)
  }
  for (const topic of topics) await get(`topic/${topic}`, `/topics/${topic}/entries?limit=100`, pages)
  for (const [key, path] of Object.entries(lists)) await get(key, path, pages)
  return state
}

function apply(before: Map<string, Json>, events: Json[], me: string, watched: string[]) {
  const state = new Map(before)
  const asked = new Set<string>()
  const cache: Cache = {
    all: () => [...state].map(([key, data]) => [key.split('/'), data] as const),
    set: (key, data) => void state.set(key.join('/'), data),
    stale: (key) => void asked.add(key.join('/')),
    watches: (space) => watched.includes(space),
  }
  for (const event of events) if (event.type !== 'typing') applyEvent(cache, event as LiveEvent, me)
  return { state, asked }
}

// Spaces are fetched again when something happens to them; here they only tell which ones are followed.
const CONTEXT = /^(space|spaces)\//

// What is read stays under "unread" until one leaves the page.
const withoutRead = (data: Json) => ({ ...data, pages: data.pages.map((page: Json) => ({ ...page, items: page.items.filter((item: Json) => item.unread) })) })

// What was found keeps its place; what is new is found when one looks again.
function withoutNew(data: Json, before: Json): Json {
  const known = new Set(before.pages.flatMap((page: Json) => page.items.map((item: Json) => item.id)))
  return { ...data, pages: data.pages.map((page: Json) => ({ ...page, items: page.items.filter((item: Json) => known.has(item.id)) })) }
}

// "None" is said by a zero or by silence.
const withoutZeros = ({ spaces, ...others }: Json) => ({ ...others, spaces: Object.fromEntries(Object.entries(spaces).filter(([, n]) => n)) })

/** Without what the web app notes for itself, and what only heads of threads show. */
function plain(key: string, data: Json): Json {
  if (CONTEXT.test(key)) return null
  const isStrip = /^(thread|topic)\//.test(key)
  const shown = key === 'home/unread' ? withoutRead(data) : key === 'unread' ? withoutZeros(data) : data
  return JSON.parse(JSON.stringify(shown ?? null, (name, value) => {
    if (name === 'counted_to' || (isStrip && name === 'unread')) return undefined
    if (name === 'last_activity_at' || name === 'my') return undefined
    return name === 'reactions' ? value.map((one: Json) => ({ ...one, mine: one.mine ?? false })) : value
  }))
}
