import { expect } from 'vitest'
import { routes } from '../server/app.ts'
import type { Client, Json } from '../server/scene.ts'
import { SECRET, SHARED, type Stage } from './metamorphic-stage.ts'

/** An id of nothing. */
const NOTHING = '01a2010f-841e-7000-b1be-62788d92349e'

type Known = Record<'spaces' | 'entries' | 'people' | 'files' | 'communities' | 'regions', string[]>

/** What somebody may ask for by id: what they know, what they may not know of, and what is not there. */
export function idsOf({ team, closed, secret, direct, own, root, privy, ann, bob, eve, gina, crowd, profile, community, region }: Stage & { profile: string; community: string; region: string }): Known {
  return {
    spaces: [team, closed, secret, direct, own].map(({ id }) => id).concat(profile, NOTHING), entries: [root, ...privy].map(({ id }) => id).concat(NOTHING),
    people: [ann, bob, eve, gina, crowd[0], crowd[9]].map(({ id }) => id).concat(NOTHING), files: [NOTHING], communities: [community, NOTHING], regions: [region, NOTHING],
  }
}

/** What is asked besides the plain route; all of it where a route needs it. Features add what theirs are asked. */
export const QUERIES: Record<string, (known: Known) => string[]> = {
  '/people': () => ['limit=3', 'q=P%20c', 'role=member&limit=5'],
  '/spaces': () => [`q=${SECRET}`, 'mine=true', 'limit=2', 'state=archived', 'sort=activity'],
  '/spaces/:id/entries': () => ['', 'view=flat', 'order=active'],
  '/spaces/:id/health': () => ['', 'weeks=4', 'weeks=52'],
  '/events': () => ['after=0&limit=100', 'limit=5'],
  '/mention-suggestions': ({ spaces }) => spaces.flatMap((space) => [`space=${space}`, `space=${space}&q=a`]),
  '/search': () => [SHARED, SECRET, 'oven', 'has:file', `in:"${SECRET}" ${SHARED}`, `-${SHARED} oven`, `"${SECRET} ${SHARED}"`].map((q) => `q=${encodeURIComponent(q)}`),
  '/search/experts': () => [`q=${SHARED}`, `q=${SECRET}`, 'q=oven'],
  '/search/suggest': () => [`q=${SHARED}`, 'q=cnry', 'q=P', 'q=Closed', 'q=oven'],
  '/network/map': () => ['by=community', 'by=department', 'by=site', 'by=topic'],
  '/network/map/export': () => ['by=community&format=gexf', 'by=community&format=graphml'],
  '/network/echo': () => ['word=oven'],
  '/network/rooting': () => ['', 'weeks=52'],
  '/home': () => ['', 'unread=true', 'limit=3'],
}

/** Which ids a path is about, by how it begins. */
const PARAMS: [RegExp, (known: Known) => string[]][] = [
  [/^\/spaces/, (known) => known.spaces], [/^\/entries/, (known) => known.entries], [/^\/people/, (known) => known.people], [/^\/files/, (known) => known.files],
  [/^\/drafts/, (known) => [...known.spaces, ...known.entries]], [/^\/communities/, (known) => known.communities], [/^\/network\/map/, (known) => known.regions],
  [/^\/topics/, () => [SHARED, SECRET, 'oven']], [/^\/invitations|^\/imports|^\/emoji|^\/network\/logos/, () => [NOTHING]],
]

/** What only tells whoever looks after the machine how much room all files take, wherever they are. */
const OF_THE_MACHINE = new Set(['/storage'])

/** Every GET route of the API, filled in. A new one that has an id of a kind of its own is missing here, and says so. */
export function pathsFor(known: Known, isAsked: (route: string) => boolean = () => true): string[] {
  return routes.filter(({ method, path, dialect }) => method === 'GET' && !dialect && !OF_THE_MACHINE.has(path) && isAsked(path)).flatMap(({ path }) => {
    const filled = !path.includes(':') ? [path] : (PARAMS.find(([begins]) => begins.test(path)) ?? expect.fail(`Say in test/metamorphic-views.ts which ids ${path} is asked with.`))[1](known)
      .map((id) => path.replace(/:\w+/, id))
    const queries = QUERIES[path]?.(known) ?? ['']
    return filled.flatMap((one) => queries.map((query) => (query ? `${one}?${query}` : one)))
  })
}

/**
 * The exceptions: what moves by itself, and is blanked. Each with its reason; nothing else may differ by a byte.
 * - `seq` and the cursor of the log count everything that happens in the network: not where, and not who did it.
 * - When communities were looked for and the map was drawn, which is done between two looks; when a token was used last.
 * - What the map tells of groups of eight people or more: how much stays within a group and goes to another, and where they
 *   lie by that. Who is told to be with whom, and what is told to one person alone, is not excepted.
 */
const MOVING = new Set(['/me seq', '/events next', '/communities found_at', '/network/map drawn_at', '/tokens last_used_at', '/sessions last_used_at'])
const OF_EIGHT = new Set(['x', 'y', 'r', 'within', 'links', 'alike', 'figures'])

function blank(path: string, body: unknown): string {
  const plain = path.split('?')[0]
  return JSON.stringify(body, (key, value) => (MOVING.has(`${plain} ${key}`) || (plain.startsWith('/network/map') && OF_EIGHT.has(key)) ? '…' : value))
}

/** What a person gets for each of these: status, what kind of thing, and every byte but for the exceptions. */
export async function look(person: Client, paths: string[]): Promise<Map<string, string>> {
  const seen = new Map<string, string>()
  const queue = [...paths]
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let path = queue.shift(); path; path = queue.shift()) seen.set(path, await answerTo(person, path))
  }))
  return new Map(paths.map((path) => [path, seen.get(path)!]))
}

async function answerTo({ url, token }: Client, path: string): Promise<string> {
  const response = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' } })
  const [text, type] = [await response.text(), response.headers.get('content-type') ?? '']
  expect(response.status, `${path}: ${text}`).toBeLessThan(500)
  expect(response.status, `${path}: ${text}`).not.toBe(422)
  // The file of the map is drawn from the same rows; its numbers are those of groups.
  const body = type.includes('json') ? blank(path, JSON.parse(text) as Json) : path.includes('/map/export') ? text.replace(/-?\d+(\.\d+)?/g, '0') : text
  const headers = [...response.headers].filter(([name]) => !['date', 'content-length', 'keep-alive'].includes(name)).map(([name, value]) => `${name}: ${value}`)
  return [response.status, ...headers, body].join('\n')
}

/** Where two looks differ, in words. */
export const changes = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before].filter(([path, text]) => after.get(path) !== text).map(([path, text]) => `${path}\n  ${excerpt(text, after.get(path)!)}\n  ${excerpt(after.get(path)!, text)}`)

function excerpt(text: string, other: string): string {
  const at = [...text].findIndex((sign, i) => sign !== other[i])
  return text.slice(Math.max(0, at - 120), at + 120)
}
