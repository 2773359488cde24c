import { Suspense, type ComponentType } from 'react'
import type { CardProps } from '../../core/entries/kinds.ts'
import { later } from '../../kernel/later.ts'

export const parts = () => import('./parts.ts')
type Parts = Awaited<ReturnType<typeof parts>>

/** One of these parts, fetched with its texts when it is first shown. */
export const part = <Name extends keyof Parts>(name: Name) => later(() => parts().then((file) => file[name]), ['deciding', 'options'])

/** An entry's words at once, and what its kind adds to them as soon as that has come. */
function door(Card: ComponentType<CardProps>) {
  return (props: CardProps) => <Suspense fallback={props.children}><Card {...props} /></Suspense>
}

export const DecisionDoor = door(part('DecisionCard'))
export const ArgumentDoor = door(part('ArgumentCard'))
