import { z } from 'zod'
import { SpaceCard } from '../../core/spaces/schema.ts'
import { pageOf } from '../../kernel/pages.ts'

export const HealthQuery = z.object({
  /** the windows are fixed, and nested, so that no choice of them singles anybody out */
  weeks: z.enum(['4', '12', '52']).default('12').transform(Number),
})

/** Weeks that are told together, because fewer than eight people took part in some of them. `to` is their last day. */
const Run = z.object({
  from: z.iso.date(), to: z.iso.date(), weeks: z.number(),
  threads: z.number(), answered: z.number(), entries: z.number(),
})

/** Shares are whole per cent, times are minutes; numbers of people are in eights and mean "at least". */
const Figures = z.object({
  threads: z.number(), answered: z.number(), answered_in_a_day: z.number(), minutes_to_answer: z.number().nullable(), entries: z.number(),
  voices: z.number(), gini: z.number(),
  /** of all pairs of people of whom one answered the other: those where both did */
  mutual_pairs: z.number().nullable(),
  /** of all answers: those from or to the most active one, or two */
  share_of_one: z.number().nullable(), share_of_two: z.number().nullable(),
  newcomers: z.object({ people: z.number(), answered: z.number().nullable(), minutes_to_answer: z.number().nullable() }).nullable(),
})
export type Figures = z.infer<typeof Figures>

const Advice = z.object({
  code: z.enum(['greet_newcomers', 'answer_questions', 'ask_back', 'answer_sooner', 'share_the_work']),
  count: z.number(), entries: z.array(z.object({ id: z.uuid(), title: z.string(), created_at: z.string() })),
})
export type Advice = z.infer<typeof Advice>

export const Verdict = z.enum(['conversation', 'some', 'beside', 'broadcast', 'silent'])
export type Verdict = z.infer<typeof Verdict>

export const HealthView = z.object({
  weeks: z.number(),
  /** what the figures are about; wider than `weeks` where runs of weeks reach further back; null with the figures */
  from: z.iso.date().nullable(), to: z.iso.date().nullable(),
  verdict: Verdict.nullable(), figures: Figures.nullable(), runs: z.array(Run), advice: z.array(Advice),
})
export type HealthView = z.infer<typeof HealthView>

/** A space that the same people are in: `shared` of the `members` of the one asked about. */
export const Alike = z.object({ space: SpaceCard, purpose: z.string(), shared: z.number(), members: z.number() })
export type Alike = z.infer<typeof Alike>
export const Alikes = pageOf(Alike)
