import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Nothing = z.object({})

/** Someone can take part now. */
export const personJoined = defineEvent('person.joined', Nothing)
/** Name, photo, role or another part of the profile is different. */
export const personChanged = defineEvent('person.changed', Nothing)
/** A way in is closed: every connection that came by it ends. Addressed to the person. */
export const sessionEnded = defineEvent('session.ended', z.object({ session: z.uuid().nullable() }), { kept: 'days' })
