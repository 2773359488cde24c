import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Addressed to the person who read, so that their other devices agree. The counts are absolute. */
export const readMarked = defineEvent('read.marked', z.object({
  space: z.uuid(), root: z.uuid().nullable(), read_to: z.uuid(), unread: z.number(), inbox: z.number(),
}), { kept: 'days' })
