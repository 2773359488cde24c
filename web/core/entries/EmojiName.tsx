import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { useEmojiNames } from './emoji-names.ts'

const OwnEmojiSign = later(() => import('../emoji/OwnEmojiSign.tsx').then((file) => file.OwnEmojiSign))

/** An emoji written by name, `:tada:`, or one of this network; a name nobody knows (a custom one of another network) stays as written. */
export function EmojiName({ name }: { name: string }) {
  const names = useEmojiNames()
  const sign = names?.get(name)
  if (sign) return <span role="img" aria-label={name.replaceAll('_', ' ')}>{sign}</span>
  return names ? <Suspense fallback={`:${name}:`}><OwnEmojiSign name={name} /></Suspense> : `:${name}:`
}

/** A reaction's emoji: the sign itself, or a name. */
export function EmojiSign({ emoji }: { emoji: string }) {
  const name = /^:?([a-z0-9+][a-z0-9_+'-]*):?$/i.exec(emoji)?.[1]
  return name ? <EmojiName name={name} /> : emoji
}
