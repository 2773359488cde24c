import type { ComponentType } from 'react'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import type { Place, Written } from './sending.ts'
import type { SuggestionSource } from './composer/suggestion-source.ts'

/** What stands at an entry gets it and, where it is known, the head of its thread, which may be the entry itself. */
type AtEntry = { entry: Entry; root?: Entry }

/** What features add to entries and to the composer; filled by their feature.ts, in the order of the list in app.ts. */
export const entryExtensions = {
  /** Above title and text: that it was corrected; and in short, where a line of the inbox or a card stands for it. Each is always asked. */
  standing: [] as ComponentType<{ entry: Pick<Entry, 'id' | 'author' | 'corrected'>; as?: 'line' | 'card' }>[],
  /** Under the text, before anything else: what its links lead to. Each is always asked. */
  below: [] as ComponentType<{ entry: Entry }>[],
  /** In the composer, below what is written: what its links lead to. */
  writing: [] as ComponentType<{ body: string }>[],
  /** Below the body: reactions. Each is always asked, and draws nothing where it has nothing. */
  foot: [] as ComponentType<AtEntry>[],
  /** Among the small buttons that appear on an entry: add a reaction. */
  actions: [] as ComponentType<AtEntry>[],
  /** In the head of an open thread, which they are given. */
  thread: [] as ComponentType<{ root: Entry }>[],
  /** Before them, while one points at a line of a talk: the usual reactions. */
  quick: [] as ComponentType<AtEntry>[],
  /** Lines of an entry's menu, for me as I may do; the space as far as it is known. They may come later: no first view needs them. */
  menu: [] as ((at: AtEntry & { me: Me; space?: Space }) => MenuEntry[] | Promise<MenuEntry[]>)[],
  /** Keys for the entry that has the focus. */
  keys: [] as { keys: string; label: string; run: (entry: Entry) => void }[],
  /** Buttons of the composer: an emoji picker. */
  tools: [] as ComponentType<{ insert: (text: string) => void }>[],
  /** Above the feed of Home: how somebody who is new begins; what it shows is fetched when it is wanted. */
  home: [] as ComponentType[],
  /** Beside its send button: other ways to send what is written. `sent` empties the composer. */
  send: [] as ComponentType<{ to: Place; place: string; isReady: boolean; written: () => Written; sent: () => void }>[],
  /** What the composer offers while one writes: people, topics, emoji. */
  suggestions: [] as SuggestionSource[],
}
