import type { Json, scene } from '../server/scene.ts'
import { giveLink } from './joins/link-previews.ts'

export type People = Awaited<ReturnType<typeof scene>>
/** Ann's secret space, in which Bob, who sends the commands, asked a question that she answered; `own`: what a feature puts there before. */
export type Ground = { space: Json; question: Json; older: Json; answer: Json; gone: Json; own?: Json }
export type Command = {
  at: (ground: Ground, people: People) => string
  body?: (ground: Ground, people: People) => unknown
  /** Bob is a host beside Ann */
  byHost?: true
  /** what has to be before */
  before?: (ground: Ground, people: People) => Promise<unknown>
  /** the entry without which it has nothing to do */
  entry?: (ground: Ground) => Json
  /** it is there for spaces that are archived, too */
  inArchive?: true
  /** nobody waits: it is about the actor's own things, or the answer would not be different */
  isOwn?: true
}

export const inSpace = (path: string) => ({ space }: Ground) => `/spaces/${space.id}${path}`
const ofQuestion = (path = '') => ({ question }: Ground) => `/entries/${question.id}${path}`
const question = { entry: ({ question: it }: Ground) => it }
const answer = { entry: ({ answer: it }: Ground) => it }

/** By route; features that came later add theirs where their other tests of the whole are (`joins/`). */
export const COMMANDS: Record<string, Command> = {
  'POST /spaces/:id/entries': { at: inSpace('/entries'), body: () => ({ body: 'late' }) },
  'POST /entries/:id/replies': { at: ofQuestion('/replies'), body: () => ({ body: 'late' }) },
  'PATCH /entries/:id': { at: ofQuestion(), body: () => ({ body: 'late' }), ...question },
  'DELETE /entries/:id': { at: ({ older }) => `/entries/${older.id}`, entry: ({ older }) => older, inArchive: true },
  'POST /entries/:id/restore': { at: ({ gone }) => `/entries/${gone.id}/restore`, inArchive: true },
  'PUT /entries/:id/reactions/:emoji': { at: ({ answer: it }) => `/entries/${it.id}/reactions/👍`, ...answer },
  'DELETE /entries/:id/reactions/:emoji': { at: ({ answer: it }) => `/entries/${it.id}/reactions/👍`, ...answer, before: ({ answer: it }, { bob }) => bob.put(`/entries/${it.id}/reactions/👍`) },
  'PUT /entries/:id/accepted': { at: ofQuestion('/accepted'), body: ({ answer: it }) => ({ reply: it.id }), ...answer },
  'DELETE /entries/:id/accepted': { at: ofQuestion('/accepted'), before: ({ question: it, answer: reply }, { bob }) => bob.put(`/entries/${it.id}/accepted`, { reply: reply.id }) },
  'PUT /entries/:id/duplicate_of': { at: ofQuestion('/duplicate_of'), body: ({ older }) => ({ entry: older.id }), entry: ({ older }) => older },
  'DELETE /entries/:id/duplicate_of': { at: ofQuestion('/duplicate_of'), before: ({ question: it, older }, { bob }) => bob.put(`/entries/${it.id}/duplicate_of`, { entry: older.id }) },
  'DELETE /entries/:id/previews/:preview': { at: ({ older: it }) => `/entries/${it.id}/previews/${it.id}`, entry: ({ older }) => older, before: ({ older: it }, people) => giveLink(people, it) },
  'PUT /entries/:id/previews/:preview': { at: ({ older: it }) => `/entries/${it.id}/previews/${it.id}`, entry: ({ older }) => older, before: ({ older: it }, people) => giveLink(people, it) },
  'PUT /spaces/:id/link-previews': { at: inSpace('/link-previews'), body: () => ({ on: false }), byHost: true, inArchive: true },
  'PATCH /spaces/:id': { at: inSpace(''), body: () => ({ purpose: 'late' }), byHost: true, inArchive: true },
  'POST /spaces/:id/archive': { at: inSpace('/archive'), byHost: true, inArchive: true },
  'POST /spaces/:id/unarchive': { at: inSpace('/unarchive'), byHost: true, inArchive: true },
  'POST /spaces/:id/leave': { at: inSpace('/leave'), inArchive: true },
  'PUT /spaces/:id/members/:person': { at: ({ space }, { eve }) => `/spaces/${space.id}/members/${eve.id}`, body: () => ({}), byHost: true, inArchive: true },
  'DELETE /spaces/:id/members/:person': { at: ({ space }, { eve }) => `/spaces/${space.id}/members/${eve.id}`, before: ({ space }, { ann, eve }) => ann.put(`/spaces/${space.id}/members/${eve.id}`), byHost: true, inArchive: true },
  'POST /spaces/:id/invitations': { at: inSpace('/invitations'), body: (_, { eve }) => ({ person: eve.id }), byHost: true, inArchive: true },
  'DELETE /spaces/:id/invitations/:person': { at: ({ space }, { eve }) => `/spaces/${space.id}/invitations/${eve.id}`, before: ({ space }, { ann, eve }) => ann.post(`/spaces/${space.id}/invitations`, { person: eve.id }), byHost: true, inArchive: true },
  'POST /spaces/:id/read': { at: inSpace('/read'), isOwn: true },
  'PUT /spaces/:id/muting': { at: inSpace('/muting'), isOwn: true },
  'DELETE /spaces/:id/muting': { at: inSpace('/muting'), before: ({ space }, { bob }) => bob.put(`/spaces/${space.id}/muting`), isOwn: true },
  'POST /entries/:id/read': { at: ofQuestion('/read'), isOwn: true },
  'POST /entries/:id/unread': { at: ofQuestion('/unread'), isOwn: true },
  'PUT /entries/:id/stance': { at: ofQuestion('/stance'), body: () => ({ stance: 'muted' }), isOwn: true },
  'PUT /entries/:id/resolved': { at: ofQuestion('/resolved'), ...question },
  'DELETE /entries/:id/resolved': { at: ofQuestion('/resolved'), ...question, before: ({ question: it }, { bob }) => bob.put(`/entries/${it.id}/resolved`) },
  'PUT /entries/:id/pinned': { at: ofQuestion('/pinned'), ...question },
  'DELETE /entries/:id/pinned': { at: ofQuestion('/pinned'), ...question, before: ({ question: it }, { bob }) => bob.put(`/entries/${it.id}/pinned`) },
  'PUT /entries/:id/saved': { at: ofQuestion('/saved'), body: () => ({}), isOwn: true },
  'DELETE /entries/:id/saved': { at: ofQuestion('/saved'), before: ({ question: it }, { bob }) => bob.put(`/entries/${it.id}/saved`, {}), isOwn: true },
  'PUT /drafts/:place': { at: ({ space }) => `/drafts/${space.id}`, body: () => ({ version: 0, body: 'late' }), isOwn: true },
}

/** What concerns no space, or is about coming in, where there is nobody yet to be taken out (spaces.test.ts, races.test.ts beside the spaces). */
export const ELSEWHERE = /^[A-Z]+ \/(me|emoji|presence|sessions|tokens|passkeys|people|network|invitations|introductions|suggestions|attributions|communities|demo|setup|files|effects|policy-reports|imports|conversations|read-all|waiting|scheduled|readings|polls|password-resets)\b|^[A-Z]+ \/spaces$|^[A-Z]+ \/spaces\/:id\/(join|requests|invitations\/decline)|^DELETE \/drafts/

/** What is about an entry that `before` left as the ground's own. */
export const ofOwn = (path = '') => ({ own }: Ground) => `/entries/${own!.id}${path}`
export const own = { entry: ({ own: it }: Ground) => it! }
