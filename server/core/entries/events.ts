import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Nothing = z.object({})

// The entry itself is not in the fact: it is read when the fact is delivered, so what was removed is gone from the log too.
export const entryPublished = defineEvent('entry.published', z.object({ kind: z.string(), root: z.uuid().nullable() }))
export const entryEdited = defineEvent('entry.edited', Nothing)
export const entryRemoved = defineEvent('entry.removed', z.object({ root: z.uuid().nullable() }))
export const entryRestored = defineEvent('entry.restored', z.object({ root: z.uuid().nullable() }))
