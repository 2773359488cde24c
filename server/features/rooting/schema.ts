import { z } from 'zod'

export const RootingQuery = z.object({ weeks: z.enum(['12', '52']).default('12').transform(Number) })

/** Weeks that are told together, because fewer than eight people took part in some of them. `to` is their last day. */
const Run = z.object({
  from: z.iso.date(), to: z.iso.date(), weeks: z.number(),
  people: z.number(), threads: z.number(), answered: z.number(), questions: z.number(), questions_answered: z.number(),
})

/** Numbers of people are in eights and mean "at least"; shares are whole per cent. */
const Figures = z.object({
  people: z.number(), threads: z.number(), answered: z.number(), questions: z.number(), questions_answered: z.number(),
  /** in how many weeks the same people took part: one, two or three, more */
  returning: z.object({ once: z.number(), some: z.number(), often: z.number() }).nullable(),
  /** of all answers between people whose site is known: those from one site to another */
  across: z.object({ by: z.enum(['domain', 'time_zone']), sites: z.number(), share: z.number() }).nullable(),
  /** the same of departments, of those who name one */
  across_departments: z.object({ departments: z.number(), share: z.number() }).nullable(),
  /** the open spaces of the last four weeks; `monologue` is part of `quiet` where few people would be meant */
  spaces: z.object({ dialogue: z.number(), monologue: z.number().nullable(), quiet: z.number() }).nullable(),
})
export type RootingFigures = z.infer<typeof Figures>

export const RootingView = z.object({
  weeks: z.number(), from: z.iso.date().nullable(), to: z.iso.date().nullable(), figures: Figures.nullable(), runs: z.array(Run),
})
export type RootingView = z.infer<typeof RootingView>
