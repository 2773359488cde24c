import type { ComponentType } from 'react'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import type { SuggestionSource } from './composer/suggestion-source.ts'

/** What stands at an entry gets it and, where it is known, the head of its thread, which may be the entry itself. */
type AtEntry = { entry: Entry; root?: Entry }

/** What features add to entries, to the composer and to the inbox; filled by their feature.ts, in the order of the list in app.ts. */
export const entryExtensions = {
  /** Below the body: reactions. Each is always asked, and draws nothing where it has nothing. */
  foot: [] as ComponentType<AtEntry>[],
  /** Among the small buttons that appear on an entry: add a reaction. */
  actions: [] as ComponentType<AtEntry>[],
  /** Lines of an entry's menu, for me as I may do; the space as far as it is known. */
  menu: [] as ((at: AtEntry & { me: Me; space?: Space }) => MenuEntry[])[],
  /** Buttons of the composer: an emoji picker. */
  tools: [] as ComponentType<{ insert: (text: string) => void }>[],
  /** Above the inbox: what waits for an answer and is no entry. */
  inbox: [] as ComponentType[],
  /** What the composer offers while one writes: people, topics, emoji. */
  suggestions: [] as SuggestionSource[],
}
