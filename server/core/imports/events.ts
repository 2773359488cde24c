import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** An import brought words that this person is said to have written. Addressed to them. */
export const attributionAsked = defineEvent('attribution.asked', z.object({ import: z.uuid() }))
/** They said whether the words are theirs. Addressed to them. */
export const attributionDecided = defineEvent('attribution.decided', z.object({ import: z.uuid(), state: z.enum(['confirmed', 'refused']) }))
