import type { ComponentType } from 'react'
import type { Entry } from '../../kernel/types.ts'
import type { SuggestionSource } from './composer/suggestion-source.ts'

/** What features add to entries to the composer and to the inbox; filled by their feature.ts, in the order of the list in app.ts. */
export const entryExtensions = {
  /** Below the body: reactions. */
  foot: [] as ComponentType<{ entry: Entry }>[],
  /** Among the small buttons that appear on an entry: add a reaction. */
  actions: [] as ComponentType<{ entry: Entry }>[],
  /** Buttons of the composer: an emoji picker. */
  tools: [] as ComponentType<{ insert: (text: string) => void }>[],
  /** Above the inbox: what waits for an answer and is no entry. */
  inbox: [] as ComponentType[],
  /** What the composer offers while one writes: people, topics, emoji. */
  suggestions: [] as SuggestionSource[],
}
