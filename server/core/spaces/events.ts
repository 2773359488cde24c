import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Nothing = z.object({})
const Visibility = z.enum(['open', 'closed', 'secret'])

export const spaceOpened = defineEvent('space.opened', z.object({ kind: z.string(), visibility: Visibility }))
/** Charter, name or visibility is different. */
export const spaceChanged = defineEvent('space.changed', z.object({ visibility: Visibility }))
export const spaceArchived = defineEvent('space.archived', z.object({ archived: z.boolean() }))
/** Much came in at once (an import), or numbers were set right: fetch the space again instead of following event by event. */
export const spaceImported = defineEvent('space.imported', z.object({ visibility: Visibility }))
export const membershipJoined = defineEvent('membership.joined', z.object({ role: z.enum(['host', 'member']) }))
export const membershipLeft = defineEvent('membership.left', Nothing)
export const membershipChanged = defineEvent('membership.changed', z.object({ role: z.enum(['host', 'member']) }))
/** Addressed to the person who asked and, one by one, to the hosts; it names the space, and does not reach all who read it. */
export const joinRequested = defineEvent('join.requested', z.object({ by: z.uuid() }))
export const joinDeclined = defineEvent('join.declined', Nothing)
/** `by` is absent for guests who do not know them. */
export const spaceInvited = defineEvent('space.invited', z.object({ by: z.uuid().optional() }))

/** Facts about a space that are between the hosts and one person: nobody else who reads the space is told. */
export const ADDRESSED: string[] = [joinRequested.type, joinDeclined.type, spaceInvited.type]
