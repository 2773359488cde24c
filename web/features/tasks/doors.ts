import { later } from '../../kernel/later.ts'

export const parts = () => import('./parts.ts')
type Parts = Omit<Awaited<ReturnType<typeof parts>>, 'taskLines'>

/** One of these parts, fetched with its texts when it is first shown. */
export const part = <Name extends keyof Parts>(name: Name) => later(() => parts().then((file: Parts) => file[name]), ['task-cards'])
