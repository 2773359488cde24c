import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** The person took back that all is read: their other devices ask again. Addressed to them. */
export const readsRestored = defineEvent('reads.restored', z.object({}), { kept: 'days' })
/** How the person stands to a thread is different now. Addressed to them; the counts are absolute. */
export const threadStanced = defineEvent('thread.stanced', z.object({
  space: z.uuid(), root: z.uuid(), stance: z.enum(['followed', 'muted']).nullable(), unread: z.number(), inbox: z.number(),
}), { kept: 'days' })

/** The person muted a space, or hears of it again. Addressed to them; the counts are absolute. */
export const spaceMuted = defineEvent('space.muted', z.object({
  space: z.uuid(), muted: z.boolean(), unread: z.number(), inbox: z.number(),
}), { kept: 'days' })

/** Addressed to the person who read, so that their other devices agree. The counts are absolute. */
export const readMarked = defineEvent('read.marked', z.object({
  space: z.uuid(), root: z.uuid().nullable(), read_to: z.uuid(), unread: z.number(), inbox: z.number(),
}), { kept: 'days' })
