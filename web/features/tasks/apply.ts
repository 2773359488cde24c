import type * as taskFacts from '../../../server/features/tasks/events.ts'
import { isEnd, type State } from '../../../server/features/tasks/policy.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { after, defineRelated, type Facts } from '../../core/entries/apply-to-entry.ts'
import { defineMerge, filterPages, mapPages, placeInPages, renewed, someInPages, type Pages } from '../../core/entries/entry-lists.ts'
import { Again, STALE } from '../../core/entries/outdated.ts'
import type { Entry, LiveEvent, PersonCard, SpaceCard } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { tasks: typeof taskFacts } }

// What was removed keeps nothing but its place.
defineMerge((old, { task }) => (!task && old?.task ? { task: undefined } : {}))

/** The names of those whose task it is, and of whom a step tells. */
defineRelated(({ task, task_step: step }, { type, person }) => {
  if (type !== 'person.changed' || !person) return undefined
  const has = (cards?: PersonCard[]) => cards?.some(({ id }) => id === person.id)
  const renew = (cards: PersonCard[]) => cards.map((card) => (card.id === person.id ? person : card))
  if (has(task?.assignees)) return { task: { ...task!, assignees: renew(task!.assignees) } }
  if (has(step?.came) || has(step?.gone)) return { task_step: { ...step!, came: renew(step!.came), gone: renew(step!.gone) } }
  return undefined
})

export type Order = 'due' | 'since' | 'age'
/** What of the tasks of a space a list holds. */
export type Shown = { state?: State | 'active'; assignee?: string; priority?: string; subtask_of?: string; q?: string; from?: string; to?: string }

// Lists descend by these: of two that are due at once the older one comes first.
const FAR = 9e15
const reversed = (id: string) => id.replace(/[\da-f]/g, (digit) => (15 - parseInt(digit, 16)).toString(16))
const orders: Record<Order, (entry: Entry) => string> = {
  due: ({ id, task }) => `${String(FAR - (task?.late_at ? Date.parse(task.late_at) : FAR)).padStart(16, '0')}${reversed(id)}`,
  since: ({ id, task }) => `${task?.since ?? ''}${id}`,
  age: ({ id }) => id,
}

const holds = ({ state, assignee, priority, subtask_of, from, to }: Shown, { state: is, task }: Entry) => is === 'published' && !!task
  && (!state || (state === 'active' ? !isEnd(task.state) : task.state === state)) && (!priority || task.priority === priority) && (!subtask_of || task.subtask_of === subtask_of)
  && (!from || (!!task.late_at && task.late_at >= from && task.late_at < to!))
  && (!assignee || (assignee === 'nobody' ? !task.assignees.length : task.assignees.some(({ id }) => id === assignee)))

// A task that leaves one list for another in the same browser takes along what an event does not say of it.
const leaving = new WeakMap<LiveEvent, Entry>()

function knownElsewhere({ cache, event }: Facts, id: string): Entry | undefined {
  if (leaving.has(event)) return leaving.get(event)
  for (const [key, data] of cache.all()) {
    if (key[0] !== 'tasks' || !data) continue
    const found = (data as Pages<Entry>).pages.flatMap(({ items }) => items).find((entry) => entry.id === id)
    if (found) return found
  }
  return undefined
}

/** Under `['tasks', space, order, state, assignee, priority, subtask_of, words, from, to]`, each of the latter empty where it is not asked for. */
defineView('tasks', ([, space, order, state, assignee, priority, subtask_of, q, from, to]: readonly unknown[], data: Pages<Entry>, facts: Facts) => {
  const what = { state, assignee, priority, subtask_of, q, from, to } as Shown
  const { event: { type, entry, person }, event, me } = facts
  if ((type === 'membership.joined' || type === 'membership.left') && person?.id === me && event.space === space) return STALE
  const mine = data.pages.flatMap(({ items }) => items).find(({ id }) => id === entry?.id)
  if (mine && entry) leaving.set(event, mine)
  const next = filterPages(mapPages(data, (one) => after(one, facts)), (one) => holds(what, one))
  if (!entry?.task || entry.space !== space) return next
  const known = mine ?? knownElsewhere(facts, entry.id)
  const now = renewed<Entry>(known, entry, event, me)
  if (!holds(what, now)) return next
  if (what.q) return mine && type !== 'entry.edited' ? placeInPages(next, now, orders[order as Order]) : STALE
  const placed = placeInPages(next, now, orders[order as Order])
  return known || type === 'entry.published' || !someInPages(placed, ({ id }) => id === now.id) ? placed : new Again(placed)
})

type MyTask = Entry & { space_card: SpaceCard }
const SPACES = new Set(['space.changed', 'membership.joined', 'membership.left'])

/** Under `['my-tasks', what]`: what I have to do, or gave others to do. What comes anew stands with its space, which only the server has. */
defineView('my-tasks', ([, what]: readonly unknown[], data: Pages<MyTask>, facts: Facts) => {
  const { event: { type, entry, person, space, data: told }, me } = facts
  if (SPACES.has(type) && (person?.id === me || someInPages(data, (one) => one.space === space))) return STALE
  // Of a space that one is not in only this is heard.
  if (type.startsWith('notification.') && (told.reasons as string[] | undefined)?.some((reason) => reason.startsWith('task_'))) return STALE
  const isMine = (one: Entry) => !!one.task?.assignees.some(({ id }) => id === me)
  const belongs = (one: Entry) => holds({ state: 'active' }, one) && (what === 'given' ? one.author === me && !isMine(one) : isMine(one))
  const next = filterPages(mapPages(data, (one) => after(one, facts)), belongs)
  if (!entry?.task || !belongs(entry)) return next
  const known = next.pages.flatMap(({ items }) => items).find(({ id }) => id === entry.id)
  return known ? placeInPages(next, known, orders.due) : STALE
})
