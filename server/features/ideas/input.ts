import { z } from 'zod'
import { ANSWERS, MONTHS, STAGES } from './policy.ts'

const Id = z.uuid().toLowerCase()
const Words = z.string().trim().max(2000).default('')

/** `from`: what was said in the same space that the idea comes from. */
export const IdeaInput = z.object({ from: Id.optional() })

/**
 * A step of an idea. `from`: the stage that whoever takes it saw; another one by now is refused · `measured`: for a trial what
 * will be measured, and for its end what was · `until`: up to which day it is tried · `ask_in_months`: when it is asked whether it worked.
 */
export const StepInput = z.object({
  stage: z.enum(STAGES), from: z.enum(STAGES).optional(), reason: Words, measured: Words, until: z.iso.date().nullish(),
  ask_in_months: z.number().int().min(1).max(24).default(MONTHS),
})
export const MergeInput = z.object({ into: Id })
export const OfferInput = z.object({ person: Id })
export const VerdictInput = z.object({ worked: z.enum(ANSWERS), words: Words })
