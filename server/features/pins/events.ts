import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** An entry was put where everybody in its space finds it, or taken from there. */
export const entryPinned = defineEvent('entry.pinned', z.object({ pinned: z.boolean() }))
