import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** The person keeps an entry for later, or no longer. Addressed to them. */
export const entrySaved = defineEvent('entry.saved', z.object({ entry: z.uuid(), saved: z.boolean(), remind_at: z.string().nullable() }), { kept: 'days' })
