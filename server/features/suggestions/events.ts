import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Addressed to who is asked next, or to who asked when the three have met. */
export const introductionAsked = defineEvent('introduction.asked', z.object({ introduction: z.uuid() }))
export const introductionMade = defineEvent('introduction.made', z.object({ introduction: z.uuid(), space: z.uuid() }))
