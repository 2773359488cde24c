import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Something waits in somebody's inbox. Addressed to them; the count of waiting threads is absolute. */
export const notificationCreated = defineEvent('notification.created', z.object({
  space: z.uuid(), root: z.uuid(), entry: z.uuid(), reason: z.enum(['mention', 'reply']), inbox: z.number(),
}), { kept: 'days' })
