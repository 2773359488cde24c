import type { SuggestionSource } from '../../core/entries/composer/suggestion-source.ts'
import { noteNames } from '../../core/entries/composer/names.ts'
import { api } from '../../kernel/api.ts'
import type { PersonCard } from '../../kernel/types.ts'

/** `@an` offers those who can read what is being written, as the server names them: nobody else is ever offered. */
export const peopleSuggestions: SuggestionSource = {
  sign: '@',
  alike: ['＠', '﹫'],
  from: 0,
  find: async (q, { space }, signal) => {
    const { items } = await api.get<{ items: PersonCard[] }>('/mention-suggestions', { space, q }, signal)
    noteNames(items)
    return items.slice(0, 8).map((person) => ({ id: person.id, text: `@${person.handle}`, label: person.name, detail: `@${person.handle}`, person }))
  },
}
