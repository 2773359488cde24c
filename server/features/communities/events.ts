import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Addressed, one by one, to the people of a community: somebody proposed a home for it, agreed, or took it back. */
export const homeChanged = defineEvent('community.home_changed', z.object({ community: z.uuid() }))
