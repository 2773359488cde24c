import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** What the person has scheduled is different now: ask for it again. Addressed to them. */
export const scheduledChanged = defineEvent('scheduled.changed', z.object({}), { kept: 'days' })
