import { Suspense, useEffect } from 'react'
import { later } from '../../kernel/later.ts'
import type { Entry } from '../../kernel/types.ts'

const TEXTS = ['corrections', 'history']
const Note = later(() => import('./Note.tsx').then((file) => file.Note), TEXTS)
const Brief = later(() => import('./Note.tsx').then((file) => file.Brief), TEXTS)

/** Above what was said: what of it was wrong, as soon as what shows it has come. */
export const NoteDoor = ({ entry }: { entry: Entry }) => entry.corrected && <Suspense><Note entry={entry} corrected={entry.corrected} /></Suspense>

/** The same where only a line or a card of it stands. */
export const BriefDoor = ({ entry, all }: { entry: Pick<Entry, 'corrected'>; all?: boolean }) => entry.corrected && <Suspense><Brief corrected={entry.corrected} all={all} /></Suspense>

const SETTLED = 5000

/** Beside every page: notes what was before one's eyes, once the page has settled. */
export function ReadingsDoor() {
  useEffect(() => {
    let stop = () => clearTimeout(timer)
    const timer = setTimeout(() => {
      let isOver = false
      stop = () => { isOver = true }
      void import('./readings.ts').then(({ keepReadings }) => { if (!isOver) stop = keepReadings() }, () => {})
    }, SETTLED)
    return () => stop()
  }, [])
  return null
}
