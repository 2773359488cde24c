import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Somebody said that a thread is done, or took it up again; about its head. */
export const threadResolved = defineEvent('thread.resolved', z.object({ resolved: z.boolean() }))
