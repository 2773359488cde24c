import { Suspense } from 'react'
import type { CardProps } from '../../core/entries/kinds.ts'
import { later } from '../../kernel/later.ts'

const DecisionCard = later(() => import('./DecisionCard.tsx').then((file) => file.DecisionCard), ['deciding'])
const ArgumentCard = later(() => import('./ArgumentCard.tsx').then((file) => file.ArgumentCard), ['deciding'])

/** A decision: its words at once, what is special about it as soon as that has come. */
export const DecisionDoor = (props: CardProps) => <Suspense fallback={props.children}><DecisionCard {...props} /></Suspense>

/** An argument, likewise. */
export const ArgumentDoor = (props: CardProps) => <Suspense fallback={props.children}><ArgumentCard {...props} /></Suspense>
