import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Reaction = z.object({ emoji: z.string() })
export const reactionAdded = defineEvent('reaction.added', Reaction)
export const reactionRemoved = defineEvent('reaction.removed', Reaction)
