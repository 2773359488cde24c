import { useState } from 'react'
import { useEmojiCalled } from './own-emoji.ts'
import classes from './OwnEmoji.module.css'

/** An emoji of this network by its name, which stands there where there is none (any more). */
export function OwnEmojiSign({ name }: { name: string }) {
  const emoji = useEmojiCalled(name.toLowerCase())
  const [broken, setBroken] = useState('')
  if (!emoji || broken === emoji.url) return `:${name}:`
  return <img className={classes.emoji} src={emoji.url} alt={`:${name}:`} title={`:${emoji.name}:`} draggable={false} onError={() => setBroken(emoji.url)} />
}
