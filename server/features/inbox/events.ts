import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Something waits in somebody's inbox, and why. Addressed to them; the count of waiting threads is absolute. */
export const notificationCreated = defineEvent('notification.created', z.object({
  space: z.uuid(), root: z.uuid(), entry: z.uuid(), reasons: z.array(z.string()), inbox: z.number(),
}), { kept: 'days' })
