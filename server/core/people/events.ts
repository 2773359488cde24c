import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Nothing = z.object({})

/** Someone can take part now. */
export const personJoined = defineEvent('person.joined', Nothing)
/** Name, photo, role or another part of the profile is different. */
export const personChanged = defineEvent('person.changed', Nothing)
/** A way in is closed: every connection that came by it ends. Addressed to the person. */
export const sessionEnded = defineEvent('session.ended', z.object({ session: z.uuid().nullable() }), { kept: 'days' })

/** An administrator looks at the network as somebody else. Addressed to the administrator. */
export const lookBegan = defineEvent('look.began', z.object({ as: z.uuid() }))
/** They are themselves again. */
export const lookEnded = defineEvent('look.ended', z.object({ as: z.uuid() }))

/** The network is called or looks different now; asked for again. */
export const networkChanged = defineEvent('network.changed', Nothing, { kept: 'days', toAll: true })

/** Names stand everywhere: these interest everybody who may read the profile, whether they follow it or not. */
export const OF_INTEREST_TO_ALL = [personJoined.type, personChanged.type] as string[]
