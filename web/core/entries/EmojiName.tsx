import { useEmojiNames } from './emoji-names.ts'

/** An emoji written by name, `:tada:`; a name nobody knows (a custom one of another network) stays as written. */
export function EmojiName({ name }: { name: string }) {
  const names = useEmojiNames()
  const sign = names?.get(name)
  return sign ? <span role="img" aria-label={name.replaceAll('_', ' ')}>{sign}</span> : `:${name}:`
}

/** A reaction's emoji: the sign itself, or a name. */
export function EmojiSign({ emoji }: { emoji: string }) {
  const name = /^:?([a-z0-9+][a-z0-9_+'-]*):?$/i.exec(emoji)?.[1]
  return name ? <EmojiName name={name} /> : emoji
}
