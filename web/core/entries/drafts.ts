import { myId } from '../../kernel/session.tsx'
import { createStore } from '../../kernel/store.ts'
import type { FileRecord } from '../../kernel/types.ts'

/** `kind`: null for what is usual there; `facts`: what goes along with such a kind; `space`: where it may go, when its place does not say it. */
export type Draft = { kind: string | null; facts: object; title: string; body: string; files: FileRecord[]; space?: string }
/** A draft as this browser keeps it: which version of the server's it goes on from, and whether the server lacks something of it. */
export type KeptDraft = Draft & { version: number; isAhead: boolean }

export const EMPTY: Draft = { kind: null, facts: {}, title: '', body: '', files: [] }

// A draft is its author's: whoever signs in here next does not find it.
const PREFIX = 'folkmoot.draft.'
const nameOf = (place: string) => `${PREFIX}${myId()}.${place}`

/** What was begun at a place and not sent. It is kept in this browser first, and follows its author from there. */
export function readDraft(place: string): KeptDraft {
  const none = { ...EMPTY, version: 0, isAhead: false }
  try {
    return { ...none, ...JSON.parse(localStorage.getItem(nameOf(place)) ?? '{}') }
  } catch {
    return none
  }
}

export function writeDraft(place: string, draft: KeptDraft) {
  try {
    // What is empty is remembered until the server knows it.
    if (isEmpty(draft) && !(draft.isAhead && draft.version)) localStorage.removeItem(nameOf(place))
    else localStorage.setItem(nameOf(place), JSON.stringify(draft))
  } catch {
    // A full or forbidden storage must not keep anybody from writing.
  }
}

/** The places where this browser keeps something. */
export const keptPlaces = () => Object.keys(localStorage).flatMap((name) => (name.startsWith(nameOf('')) ? name.slice(nameOf('').length) : []))

export const isEmpty = ({ title, body, files }: Pick<Draft, 'title' | 'body' | 'files'>) => !title.trim() && !body.trim() && files.length === 0

export const isSameDraft = (a: Draft, b: Draft) =>
  a.kind === b.kind && JSON.stringify(a.facts) === JSON.stringify(b.facts) && a.title === b.title && a.body === b.body && a.space === b.space && a.files.map(({ id }) => id).join() === b.files.map(({ id }) => id).join()

/** A place whose draft came from another device. */
export const arrived = createStore<{ place: string } | null>(null)

/** What another device had saved, by place, where this draft does not have it. */
export const besides = createStore<Record<string, Draft[]>>({})
