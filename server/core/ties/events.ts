import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Addressed to the one who decided. */
export const tieChoicesChanged = defineEvent('ties.chosen', z.object({ in_network: z.boolean(), count_direct: z.boolean() }))
