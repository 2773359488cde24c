import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import type { Entry } from '../../kernel/types.ts'

const Cards = later(() => import('./Cards.tsx').then((file) => file.Cards), ['link-previews'])

// A quick look, before the text is read for it.
const MAY_LEAD_HERE = /\/e\/|thread=/

/** In the composer: the entries of our own that are linked, as those who may read them will see them. */
export function WritingCards({ body }: { body: string }) {
  if (!MAY_LEAD_HERE.test(body)) return null
  return <Suspense><Cards entry={{ id: '', author: '', body, previews: [] }} isOwn /></Suspense>
}

/** Below a text: what its links lead to. Nothing is kept free for it; it comes when it is there. */
export function LinkCards({ entry }: { entry: Entry }) {
  const isOwn = MAY_LEAD_HERE.test(entry.body)
  if (!entry.previews.length && !isOwn) return null
  return <Suspense><Cards entry={entry} isOwn={isOwn} /></Suspense>
}
