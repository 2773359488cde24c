import type { SuggestionSource } from '../../core/entries/composer/suggestion-source.ts'

type Emoji = { name: string; sign: string; picture?: string; text?: string }
let known: Promise<Emoji[]> | undefined

/** Those of this network: what is put in is the name. */
const loadOwn = async (): Promise<Emoji[]> => {
  const { findOwnEmoji } = await import('../../core/emoji/own-emoji.ts')
  const { list } = await findOwnEmoji().catch(() => ({ list: [] }))
  return list.flatMap(({ name, aliases, url }) => [name, ...aliases].map((one) => ({ name: one, sign: '', picture: url, text: `:${one}:` })))
}

const load = () => (known ??= import('emojibase-data/en/shortcodes/iamcal.json').then(({ default: set }) =>
  Object.entries(set as Record<string, string | string[]>).flatMap(([code, names]) =>
    [names].flat().map((name) => ({ name, sign: String.fromCodePoint(...code.split('-').map((part) => parseInt(part, 16))) })))))

/** `:tad` offers 🎉. What is put in is the sign itself, or the name of one of this network. */
export const emojiSuggestions: SuggestionSource = {
  sign: ':',
  alike: ['：'],
  from: 2,
  find: async (typed) => {
    const wanted = typed.toLowerCase()
    const all: Emoji[] = (await Promise.all([loadOwn(), load()])).flat()
    const found = all.filter(({ name }) => name.includes(wanted))
    const rank = ({ name }: Emoji) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2)
    return found.sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length).slice(0, 8)
      .map(({ name, sign, text = sign, picture }) => ({ id: name, text, label: `:${name}:`, sign, picture }))
  },
}
