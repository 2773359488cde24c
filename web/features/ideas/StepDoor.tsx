import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import type { Entry } from '../../kernel/types.ts'

const StepLine = later(() => import('./StepLine.tsx').then((file) => file.StepLine), ['idea-cards'])

/** What happened to an idea, as soon as what shows it has come. */
export const StepDoor = ({ entry }: { entry: Entry }) => <Suspense fallback={null}><StepLine entry={entry} /></Suspense>
