import { useEffect } from 'react'
import { createStore } from '../../kernel/store.ts'

const names = createStore<Map<string, string> | null>(null)
let isAsked = false

/** Emoji by name, from the set of names that chat programs share; null until they are fetched. */
export function useEmojiNames() {
  const known = names.use()
  useEffect(() => loadEmojiNames(), [])
  return known
}

export function loadEmojiNames() {
  if (isAsked) return
  isAsked = true
  void Promise.all([import('emojibase-data/en/shortcodes/iamcal.json'), import('emojibase-data/en/shortcodes/github.json')])
    .then((sets) => {
      const all = new Map<string, string>()
      for (const { default: set } of sets)
        for (const [code, name] of Object.entries(set as Record<string, string | string[]>))
          for (const one of [name].flat()) if (!all.has(one)) all.set(one, signOf(code))
      names.set(all)
    })
}

const signOf = (code: string) => String.fromCodePoint(...code.split('-').map((part) => parseInt(part, 16)))
