/** Where one may ask for votes. */
export const STARTS_IN = ['community', 'profile'] as const

/** How one chooses: one option, any number of them, or an order from the best on (counted as Schulze has it). */
export const METHODS = ['single', 'multiple', 'ranked'] as const
export type Method = (typeof METHODS)[number]

export const [FEWEST_OPTIONS, MOST_OPTIONS, LONGEST_OPTION] = [2, 20, 300]

/** Fewer anonymous votes than these are not shown: among so few it could be guessed who chose what. */
export const FEWEST_SHOWN = 5
/** While an anonymous poll is open, its turnout is told in steps of so many. */
export const TURNOUT_STEP = 5

export type Option = { id: string; text: string }
/** The options that somebody chose, in the order of the options, or from the best on where they are ranked. */
export type Choice = string[]

/** What is wrong with a choice: it names no option of these, one twice, or not as many as its method asks; null where nothing is. */
export function flawOf(method: Method, options: Option[], choice: Choice): 'unknown_option' | 'wrong_vote' | null {
  if (choice.some((id) => !options.some((option) => option.id === id))) return 'unknown_option'
  if (!choice.length || new Set(choice).size !== choice.length) return 'wrong_vote'
  return method === 'single' && choice.length > 1 ? 'wrong_vote' : null
}

/** The same choice in one form, so that two can be compared. */
export const plainChoice = (method: Method, options: Option[], choice: Choice): Choice =>
  (method === 'ranked' ? choice : options.flatMap(({ id }) => (choice.includes(id) ? [id] : [])))
