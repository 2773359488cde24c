import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Addressed to its author, so that their other devices fetch it; `version` tells them whether they have it already. */
export const draftSaved = defineEvent('draft.saved', z.object({ place: z.uuid(), version: z.number() }), { kept: 'days' })

/** Addressed to its author: it was sent, or emptied. */
export const draftRemoved = defineEvent('draft.removed', z.object({ place: z.uuid() }), { kept: 'days' })
