import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import type { Entry } from '../../kernel/types.ts'

export const parts = () => import('./parts.ts')
type Parts = Omit<Awaited<ReturnType<typeof parts>>, 'taskLines'>

/** One of these parts, fetched with its texts when it is first shown. */
export const part = <Name extends keyof Parts>(name: Name) => later(() => parts().then((file: Parts) => file[name]), ['task-cards'])

const StepLine = part('StepLine')

/** What happened to a task, as soon as what shows it has come. */
export const LineDoor = ({ entry }: { entry: Entry }) => <Suspense fallback={null}><StepLine entry={entry} /></Suspense>
