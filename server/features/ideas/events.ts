import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Somebody gives an idea one of their voices, or takes it back. */
export const ideaSupported = defineEvent('idea.supported', z.object({ on: z.boolean() }))

/** Where an idea stands, who carries it on, or what came of it is different now. */
export const ideaChanged = defineEvent('idea.changed', z.object({}))

/** Somebody says whether an idea that was adopted worked. */
export const ideaJudged = defineEvent('idea.judged', z.object({ worked: z.enum(['yes', 'partly', 'no']) }))

/** Voices or answers of several people came to an idea, or went from it: what a reader has in it may be different. */
export const ideaRecounted = defineEvent('idea.recounted', z.object({}))
