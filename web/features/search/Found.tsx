import { Fragment } from 'react'
import { markedParts } from './marked-parts.ts'
import classes from './Search.module.css'

/** The part of an entry that was found, with what was looked for marked. */
export function Found({ text, marks, go }: { text: string; marks: [number, number][]; go: () => void }) {
  if (!text) return null
  return <button type="button" className={classes.found} onClick={go} dir="auto"><Marked text={text} marks={marks} /></button>
}

export function Marked({ text, marks }: { text: string; marks: [number, number][] }) {
  return markedParts(text, marks).map((part, at) => (part.isHit ? <mark key={at} className={classes.mark}>{part.text}</mark> : <Fragment key={at}>{part.text}</Fragment>))
}
