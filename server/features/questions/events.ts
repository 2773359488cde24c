import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** What answers a question is different now, or (`link`) what it is a duplicate of. */
export const questionSettled = defineEvent('question.settled', z.object({ link: z.boolean() }))

/** A reply answers its question now, or does so no longer. */
export const answerSettled = defineEvent('answer.settled', z.object({ accepted: z.boolean() }))
