/** Where somebody may give something to do. */
export const STARTS_IN = ['community'] as const

/** How far a task is, in this order; the last two are ends. */
export const STATES = ['open', 'doing', 'done', 'dropped'] as const
export type State = (typeof STATES)[number]
export const isEnd = (state: State): boolean => state === 'done' || state === 'dropped'

/** The least pressing first. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]

/** A point of a checklist. */
export type Item = { id: string; text: string; done: boolean }

/** How much of something one task takes. */
export const MOST = { assignees: 20, items: 50, blockers: 20, subtasks: 100 } as const

type Entry = { state: 'published' | 'removed'; task?: unknown }
type Space = { state: 'active' | 'archived'; my: { may_post?: boolean } }

/** Work is everybody's who writes in a space: they move tasks on, take them and hand them over; each step says who it was. */
export const canWork = (entry: Entry, space: Space): boolean => !!entry.task && entry.state === 'published' && space.state === 'active' && !!space.my.may_post

/** Whether something is due on a day, and not at a moment. */
export const isDay = (due: string): boolean => due.length === 10
