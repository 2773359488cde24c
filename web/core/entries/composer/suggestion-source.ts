import type { PersonCard } from '../../../kernel/types.ts'

/** One line of what is offered while writing; `text` takes the place of what was typed, its sign included. */
export type Suggestion = { id: string; text: string; label: string; detail?: string; sign?: string; /** instead of the sign */ picture?: string; person?: PersonCard }

export type SuggestionSource = {
  /** What starts it: '@', '#', ':' */
  sign: string
  /** Other forms of it that start it as well. */
  alike: string[]
  /** How much must be typed after the sign before it asks. */
  from: number
  find: (typed: string, place: { space: string }, signal: AbortSignal) => Promise<Suggestion[]>
}
