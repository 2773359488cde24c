import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** What waits for somebody is different now: ask for it again. Addressed to them. */
export const waitingChanged = defineEvent('waiting.changed', z.object({}), { kept: 'days' })
