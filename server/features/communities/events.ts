import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Communities were looked for; `recounted`: after much came in at once. What else is made of ties follows it. */
export const communitiesFound = defineEvent('communities.found', z.object({ recounted: z.boolean() }))
/** Addressed, one by one, to the people of a community: somebody proposed a home for it, agreed, or took it back. */
export const homeChanged = defineEvent('community.home_changed', z.object({ community: z.uuid() }))
