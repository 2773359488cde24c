import { z } from 'zod'
import { line } from '../../kernel/names.ts'
import { CONFIDENCE, type Value as SaidValue } from './policy.ts'

const Id = z.uuid().toLowerCase()
const [FIRST, LAST] = [Date.UTC(1900, 0), Date.UTC(2200, 0)]
const Moment = z.iso.datetime({ offset: true }).refine((text) => Date.parse(text) >= FIRST && Date.parse(text) < LAST, { message: 'must lie between 1900 and 2200' })
  .transform((text) => new Date(text).toISOString())
export const Value: z.ZodType<SaidValue> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('number'), number: z.number(), unit: line(20).default('') }),
  z.object({ type: z.literal('date'), date: z.iso.date().refine((text) => Date.parse(text) >= FIRST && Date.parse(text) < LAST, { message: 'must lie between 1900 and 2200' }) }),
  z.object({ type: z.enum(['choice', 'text']), text: line(200).min(1) }),
]) as never

/**
 * What stands beside the claim, which is the title. `subject`: what it is about, the claim itself where that is not said ·
 * `seen_at`: when one saw it so, now where that is not said · `contradicts`, `supersedes`: a fact of the same space, whose subject this has.
 */
export const FactInput = z.object({
  value: Value.nullable().optional(), subject: line(200).optional(), place: line(120).default(''), source: line(500).default(''),
  seen_at: Moment.optional(), valid_until: Moment.nullable().optional(),
  confidence: z.union([z.enum(['low', 'medium', 'high']).transform((word) => CONFIDENCE[word]), z.number().gt(0).lte(1)]).default(CONFIDENCE.medium),
  contradicts: Id.optional(), supersedes: Id.optional(),
})
export type FactInput = z.output<typeof FactInput>
export const ConfirmationInput = z.object({ seen_at: Moment.optional() })
export const PositionInput = z.object({ to: Id })
