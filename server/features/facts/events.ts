import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Somebody saw it so, too, and when; or (null) takes that back. */
export const factConfirmed = defineEvent('fact.confirmed', z.object({ seen_at: z.string().nullable() }))

/** What holds of its subject, or what answers it, is different now. */
export const factSettled = defineEvent('fact.settled', z.object({}))
