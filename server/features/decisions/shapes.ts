import { z } from 'zod'
import { entryWith } from '../../core/entries/schema.ts'
import { PersonCard } from '../../core/people/schema.ts'
import { SpaceCard } from '../../core/spaces/schema.ts'
import { line } from '../../kernel/names.ts'
import { LONGEST_OPTION, LONGEST_REASON, LONGEST_SUMMARY, METHODS, MOST_NAMED, MOST_OPTIONS } from './policy.ts'

const Id = z.uuid().toLowerCase()
const Text = (most: number) => z.string().max(most, { message: `takes at most ${most} characters` }).transform((text) => text.toWellFormed().trim())
const OptionText = line(LONGEST_OPTION)
const Moment = z.iso.datetime({ offset: true })

/**
 * What is proposed. `deciders`: who decides, else the members of the space; `decider`: who alone does, for that method; `supersedes`: the
 * decision that this one takes the place of, once it is decided.
 */
export const DecisionInput = z.object({
  options: z.array(OptionText).max(50), method: z.enum(METHODS), closes_at: Moment, review_on: z.iso.date().nullable().optional(),
  deciders: z.array(Id).max(MOST_NAMED).optional(), decider: Id.optional(), supersedes: Id.optional(),
})
export type DecisionInput = z.output<typeof DecisionInput>

/** What is left out stays as it is; an option with its id is the same one. */
export const AmendInput = z.object({
  options: z.array(z.object({ id: z.string().max(10).optional(), text: OptionText })).max(50), closes_at: Moment, review_on: z.iso.date().nullable(),
}).partial()
export type AmendInput = z.output<typeof AmendInput>

const OptionId = z.string().max(10)
const Choice = z.object({ option: OptionId.nullable().optional(), objects: z.array(OptionId).max(MOST_OPTIONS).optional(), ranking: z.array(OptionId).max(MOST_OPTIONS).optional() })
export const PositionInput = z.object({ choice: Choice, reason: Text(LONGEST_REASON).optional() })
export type PositionInput = z.output<typeof PositionInput>
export const OutcomeInput = z.object({ option: OptionId.nullable(), reason: Text(LONGEST_REASON), rejected: Text(LONGEST_REASON).default('') })
export type OutcomeInput = z.output<typeof OutcomeInput>
export const ArgumentInput = z.object({ option: OptionId, side: z.enum(['for', 'against']), body: z.string().max(40_000), files: z.array(Id).max(20).default([]) })
export type ArgumentInput = z.output<typeof ArgumentInput>
export const SummaryInput = z.object({ text: Text(LONGEST_SUMMARY) })
/** `at`: when the text that is accepted was proposed, as `GET /entries/{id}/decision` says. */
export const AcceptInput = z.object({ at: z.iso.datetime({ offset: true }) })

const Tally = z.object({ option: z.string(), prefer: z.number(), object: z.number() })
export const CountView = z.object({
  voices: z.number(), abstained: z.number(), winner: z.string().nullable(), tied: z.array(z.string()), tally: z.array(Tally),
  pairs: z.array(z.array(z.number())).optional(), paths: z.array(z.array(z.number())).optional(),
})

/** The same for everybody who may read it; who is meant by it, `GET /entries/{id}/decision` says. */
export const DecisionFacts = z.object({
  state: z.enum(['open', 'decided', 'undecided', 'superseded']), method: z.enum(METHODS), options: z.array(z.object({ id: z.string(), text: z.string() })),
  closes_at: z.string(), zone: z.string(), review_on: z.string().nullable(), reviewed_at: z.string().nullable(), supersedes: z.uuid().nullable(), superseded_by: z.uuid().nullable(),
  closed_at: z.string().nullable(), count: CountView.nullable(), taken: z.number(),
  outcome: z.object({ option: z.string().nullable(), reason: z.string(), rejected: z.string(), at: z.string() }).nullable(),
  summary: z.object({ text: z.string(), accepted: z.boolean() }).nullable(),
})
export type DecisionFacts = z.infer<typeof DecisionFacts>

/** `next`: the day to look at it again, or null. */
export const ReviewInput = z.object({ next: z.iso.date().nullable() })

/** What a reader has to do with it, and how the voices stand. `deciders` is null where the members of the space decide. */
export const DecisionView = z.object({
  deciders: z.array(PersonCard).nullable(), decider: PersonCard.nullable(), outcome_by: PersonCard.nullable(), count: CountView,
  owed: z.number(), mine: z.object({ choice: Choice.nullable(), reason: z.string(), changes: z.number() }).nullable(),
  may: z.object({ speak: z.boolean(), conclude: z.boolean(), amend: z.boolean(), supersede: z.boolean(), accept: z.boolean() }),
  summary: z.object({ by: PersonCard.nullable(), at: z.string(), accepts: z.boolean(), accepted_by: z.number() }).nullable(),
  weighed: z.array(z.uuid()),
})
export type DecisionView = z.infer<typeof DecisionView>

export const PositionView = z.object({ person: PersonCard, choice: Choice, reason: z.string(), changes: z.number(), at: z.string() })
export type PositionView = z.infer<typeof PositionView>
export const RegisteredDecision = entryWith({ space_card: SpaceCard })
