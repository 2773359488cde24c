import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Nothing = z.object({})

/** Somebody voted by name, or votes otherwise now. What they chose, the entry is asked. */
export const pollVoted = defineEvent('poll.voted', Nothing)
/** Some more have voted in an anonymous poll; nobody did it. */
export const turnoutMoved = defineEvent('poll.moved', Nothing)
/** Its moment had come: the votes were counted. */
export const pollClosed = defineEvent('poll.closed', Nothing)
