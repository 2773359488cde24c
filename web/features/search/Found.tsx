import { Fragment } from 'react'
import { markedParts } from './words.ts'
import classes from './Search.module.css'

/** The part of an entry that was found, with what was looked for marked. */
export function Found({ excerpt, words, go }: { excerpt: string; words: string[]; go: () => void }) {
  return (
    <button type="button" className={classes.found} onClick={go} dir="auto">
      {markedParts(excerpt, words).map((part, at) => (part.isHit ? <mark key={at}>{part.text}</mark> : <Fragment key={at}>{part.text}</Fragment>))}
    </button>
  )
}
