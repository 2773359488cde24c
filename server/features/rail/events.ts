import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Somebody arranged their rail; told to their other devices alone. */
export const railChanged = defineEvent('rail.changed', z.object({}), { kept: 'days' })
