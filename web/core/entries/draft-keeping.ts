import { createStore } from '../../kernel/store.ts'
import { type Draft, isSameDraft, readDraft, writeDraft } from './drafts.ts'

/** Keeps what is being written in this browser, and has it carried to the others of its author. */
export function keepDraft(place: string, draft: Draft) {
  const kept = readDraft(place)
  if (isSameDraft(kept, draft)) return
  writeDraft(place, { ...draft, version: kept.version, isAhead: true })
  void sync().then(({ soon }) => soon(place))
}

/** Carries drafts to and from the server; fetched when there is something to carry. */
export const sync = () => import('./draft-sync.ts')

/** Something that could not be sent goes back to where it was written, before what has been begun since. */
export const returned = createStore<{ place: string; reason: string } | null>(null)

export function giveBack(place: string, draft: Draft, reason: string) {
  const begun = readDraft(place)
  keepDraft(place, {
    ...draft,
    kind: draft.kind ?? begun.kind,
    facts: { ...begun.facts, ...draft.facts },
    title: draft.title || begun.title,
    body: [draft.body, begun.body].filter(Boolean).join('\n\n'),
    files: [...draft.files, ...begun.files],
  })
  returned.set({ place, reason })
}
