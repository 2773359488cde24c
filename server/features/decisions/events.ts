import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

const Nothing = z.object({})

/** What may be chosen, until when, or what leads from a decision to another one is different now. */
export const decisionAmended = defineEvent('decision.amended', Nothing)
/** Somebody took a position, changed it, or took it back. Who, the actor says; what, the entry is asked. */
export const positionTaken = defineEvent('position.taken', Nothing)
/** Its moment had come: the voices were counted. */
export const decisionClosed = defineEvent('decision.closed', Nothing)
/** Somebody told the outcome, with its reason. */
export const outcomeTold = defineEvent('decision.concluded', Nothing)
/** Another decision took its place. */
export const decisionSuperseded = defineEvent('decision.superseded', Nothing)
/** Somebody looked at what was decided and says that it holds. */
export const decisionReviewed = defineEvent('decision.reviewed', Nothing)
/** It closes soon, and some have not said anything yet. */
export const decisionReminded = defineEvent('decision.reminded', Nothing, { kept: 'days' })
/** A summary was proposed, or somebody accepts it. */
export const summaryChanged = defineEvent('summary.changed', Nothing)
/** Somebody finds an argument weighty, or does so no longer. */
export const argumentWeighed = defineEvent('argument.weighed', Nothing)
