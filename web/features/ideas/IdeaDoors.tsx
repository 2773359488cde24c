import { Suspense } from 'react'
import type { CardProps } from '../../core/entries/kinds.ts'
import { later } from '../../kernel/later.ts'
import type { Entry } from '../../kernel/types.ts'

const IdeaCard = later(() => import('./IdeaCard.tsx').then((file) => file.IdeaCard), ['idea-cards'])
const StepLine = later(() => import('./StepLine.tsx').then((file) => file.StepLine), ['idea-cards'])

/** An idea's words at once; where it stands, and what one can do about it, with the first idea. */
export const IdeaDoor = (props: CardProps) => <Suspense fallback={props.children}><IdeaCard {...props} /></Suspense>

/** The same of what happened to one. */
export const StepDoor = ({ entry }: { entry: Entry }) => <Suspense fallback={null}><StepLine entry={entry} /></Suspense>
