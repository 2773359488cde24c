import { Suspense } from 'react'
import type { CardProps } from '../../core/entries/kinds.ts'
import { later } from '../../kernel/later.ts'

const FactCard = later(() => import('./FactCard.tsx').then((file) => file.FactCard), ['fact-cards'])

/** A fact's words at once; how it stands, and what one can do about it, with the first fact. */
export const FactDoor = (props: CardProps) => <Suspense fallback={props.children}><FactCard {...props} /></Suspense>
