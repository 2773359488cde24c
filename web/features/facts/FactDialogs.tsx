import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { answering } from './answering.ts'

const AnswerDialog = later(() => import('./AnswerDialog.tsx').then((file) => file.AnswerDialog), ['fact-cards'])

/** The dialog that answers a fact, fetched when it is asked for. */
export function FactDialogs() {
  const open = answering.use()
  return open && <Suspense><AnswerDialog key={open.fact} answer={open} close={() => answering.set(null)} /></Suspense>
}
