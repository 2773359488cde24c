import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Told = z.object({ space: z.uuid(), root: z.uuid(), entry: z.uuid(), reasons: z.array(z.string()), inbox: z.number() })

/**
 * Something waits in somebody's inbox, and why. Addressed to them; the count of waiting threads is absolute. `late`: the entry
 * is older than what there is to tell of it, and may have been read before.
 */
export const notificationCreated = defineEvent('notification.created', Told.extend({ late: z.boolean() }), { kept: 'days' })

/** A reason for which something stood in somebody's inbox holds no longer. */
export const notificationWithdrawn = defineEvent('notification.withdrawn', Told, { kept: 'days' })
