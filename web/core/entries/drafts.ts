import { myId } from '../../kernel/session.tsx'
import { createStore } from '../../kernel/store.ts'
import type { FileRecord } from '../../kernel/types.ts'

/** `kind`: null for what is usual there; `facts`: what goes along with such a kind. */
export type Draft = { kind: string | null; facts: object; title: string; body: string; files: FileRecord[] }

export const EMPTY: Draft = { kind: null, facts: {}, title: '', body: '', files: [] }

// A draft is its author's: whoever signs in here next does not find it.
const nameOf = (place: string) => `folkmoot.draft.${myId()}.${place}`

/** What was begun at a place and not sent, kept in this browser. */
export function readDraft(place: string): Draft {
  try {
    return { ...EMPTY, ...JSON.parse(localStorage.getItem(nameOf(place)) ?? '{}') }
  } catch {
    return EMPTY
  }
}

export function keepDraft(place: string, draft: Draft) {
  try {
    if (isEmpty(draft)) localStorage.removeItem(nameOf(place))
    else localStorage.setItem(nameOf(place), JSON.stringify(draft))
  } catch {
    // A full or forbidden storage must not keep anybody from writing.
  }
}

export const isEmpty = ({ title, body, files }: Pick<Draft, 'title' | 'body' | 'files'>) => !title.trim() && !body.trim() && files.length === 0

/** Something that could not be sent goes back to where it was written, before what has been begun since. */
export const returned = createStore<{ place: string; reason: string } | null>(null)

export function giveBack(place: string, draft: Draft, reason: string) {
  const begun = readDraft(place)
  keepDraft(place, {
    kind: draft.kind ?? begun.kind,
    facts: { ...begun.facts, ...draft.facts },
    title: draft.title || begun.title,
    body: [draft.body, begun.body].filter(Boolean).join('\n\n'),
    files: [...draft.files, ...begun.files],
  })
  returned.set({ place, reason })
}
