/** Where one may propose something to be decided. */
export const STARTS_IN = ['community'] as const

/** How it is decided: docs/decisions/0026 says what each means, and why. */
export const METHODS = ['consent', 'majority', 'ranked', 'decider'] as const
export type Method = (typeof METHODS)[number]

export const [FEWEST_OPTIONS, MOST_OPTIONS, MOST_NAMED] = [2, 12, 50]
export const [LONGEST_OPTION, LONGEST_REASON, LONGEST_SUMMARY] = [300, 4000, 8000]

export type Option = { id: string; text: string }
/** What somebody says: `option` they prefer (null: they abstain), `objects` to what they object seriously, `ranking` from the best on. */
export type Choice = { option?: string | null; objects?: string[]; ranking?: string[] }

/** Which fields of a choice a method reads. */
const FIELDS = { consent: ['option', 'objects'], majority: ['option'], ranked: ['ranking'], decider: ['option'] } satisfies Record<Method, (keyof Choice)[]>

/** What is wrong with a choice: it names no option of these, one twice, or what its method does not ask; null where nothing is. */
export function flawOf(method: Method, options: Option[], choice: Choice): 'unknown_option' | 'wrong_choice' | null {
  const given = (Object.keys(choice) as (keyof Choice)[]).filter((key) => choice[key] !== undefined)
  if (given.some((key) => !(FIELDS[method] as string[]).includes(key))) return 'wrong_choice'
  const named = [choice.option, ...(choice.objects ?? []), ...(choice.ranking ?? [])].filter((id) => id !== undefined && id !== null)
  if (named.some((id) => !options.some((option) => option.id === id))) return 'unknown_option'
  for (const list of [choice.objects ?? [], choice.ranking ?? []]) if (new Set(list).size !== list.length) return 'wrong_choice'
  if (method === 'ranked') return choice.ranking?.length ? null : 'wrong_choice'
  if (choice.option === undefined) return 'wrong_choice'
  // Nobody prefers what they object to.
  return choice.option !== null && choice.objects?.includes(choice.option) ? 'wrong_choice' : null
}

/** The same choice in one form, so that two can be compared. */
export function plainChoice(method: Method, { option = null, objects = [], ranking = [] }: Choice): Choice {
  if (method === 'ranked') return { ranking }
  return method === 'consent' ? { option, objects: objects.toSorted() } : { option }
}

/** The option that a choice stands for first of all; null for an abstention. */
export const firstOf = ({ option = null, ranking }: Choice): string | null => ranking?.[0] ?? option

/** The side of a debate that a choice is on: those who object are one of their own. */
export const sideOf = (choice: Choice): string | null => (choice.objects?.length ? 'objecting' : firstOf(choice))

/**
 * Whether a summary is accepted by both sides, or all where there are more: each has somebody who said yes to it. Where all are of one mind there
 * is nothing to agree about.
 * @param holders the choice of each who took a position, and whether they accept it
 */
export function isAccepted(holders: { choice: Choice; accepts: boolean }[]): boolean {
  const sides = Map.groupBy(holders.filter(({ choice }) => sideOf(choice) !== null), ({ choice }) => sideOf(choice))
  return sides.size > 1 && [...sides.values()].every((side) => side.some(({ accepts }) => accepts))
}

type Someone = { id: string }
type Decision = { author: string; state: 'published' | 'removed' }
type Space = { state: 'active' | 'archived'; my: { may_manage: boolean } }

/** Whoever proposed it changes what is voted on and when, as long as that is allowed at all. */
export const canAmend = (actor: Someone, entry: Decision, space: Space): boolean =>
  entry.state === 'published' && space.state === 'active' && entry.author === actor.id

/** The outcome is told by the named decider where there is one who still takes part, else by whoever proposed it or a host. */
export const canConclude = (actor: Someone, entry: Decision, space: Space, decider: string | null): boolean =>
  entry.state === 'published' && space.state === 'active' && (decider ? decider === actor.id : entry.author === actor.id || space.my.may_manage)

/** What was decided is opened anew by whoever proposed or decided it, and by hosts. */
export const canSupersede = (actor: Someone, entry: Decision, space: Space, decider: string | null): boolean =>
  entry.state === 'published' && (decider === actor.id || entry.author === actor.id || space.my.may_manage)

/** The same people say that it still holds, where anything may be written. */
export const canReview = (actor: Someone, entry: Decision, space: Space, decider: string | null): boolean => space.state === 'active' && canSupersede(actor, entry, space, decider)

/** Before closing, when those who still owe a position are reminded: a day, or half of the time where there is less. */
export const remindAt = (from: number, closes: number): number => closes - Math.min(86_400_000, (closes - from) / 2)
