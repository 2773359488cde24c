import { Suspense } from 'react'
import type { CardProps } from '../../core/entries/kinds.ts'
import { later } from '../../kernel/later.ts'

const parts = () => import('./parts.ts')
type Parts = Awaited<ReturnType<typeof parts>>

/** One of these parts, fetched with its texts when it is first shown. */
export const part = <Name extends keyof Parts>(name: Name) => later(() => parts().then((file) => file[name]), ['poll-cards', 'options'])

const Card = part('PollCard')

/** A poll's words at once, and what is asked as soon as that has come. */
export const PollDoor = (props: CardProps) => <Suspense fallback={props.children}><Card {...props} /></Suspense>
