import type { SuggestionSource } from '../../core/entries/composer/suggestion-source.ts'

type Emoji = { name: string; sign: string }
let all: Promise<Emoji[]> | undefined

const load = () => (all ??= import('emojibase-data/en/shortcodes/iamcal.json').then(({ default: set }) =>
  Object.entries(set as Record<string, string | string[]>).flatMap(([code, names]) =>
    [names].flat().map((name) => ({ name, sign: String.fromCodePoint(...code.split('-').map((part) => parseInt(part, 16))) })))))

/** `:tad` offers 🎉. What is put in is the sign itself. */
export const emojiSuggestions: SuggestionSource = {
  sign: ':',
  from: 2,
  find: async (typed) => {
    const wanted = typed.toLowerCase()
    const found = (await load()).filter(({ name }) => name.includes(wanted))
    const rank = ({ name }: Emoji) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2)
    return found.sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length).slice(0, 8)
      .map(({ name, sign }) => ({ id: name, text: sign, label: `:${name}:`, sign }))
  },
}
