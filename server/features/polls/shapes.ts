import { z } from 'zod'
import { PersonCard } from '../../core/people/schema.ts'
import { line } from '../../kernel/names.ts'
import { SIGNED, TOKEN } from './blind.ts'
import { LONGEST_OPTION, METHODS, MOST_OPTIONS } from './policy.ts'

const bytes = (length: number) => z.base64url().max(2 * length).transform((text) => Buffer.from(text, 'base64url'))
  .refine((value) => value.length === length, { message: `takes ${length} bytes` })

/** `anonymous`: nobody can tell who chose what, and nothing is told before it closes; `hidden`: the latter alone. */
export const PollInput = z.object({
  options: z.array(line(LONGEST_OPTION)).max(50), method: z.enum(METHODS), closes_at: z.iso.datetime({ offset: true }),
  anonymous: z.boolean().default(false), hidden: z.boolean().default(false),
})
export type PollInput = z.output<typeof PollInput>

const Choice = z.array(z.string().max(10)).max(MOST_OPTIONS)
export const VoteInput = z.object({ chosen: Choice })
/** `blinded`: a token of 32 random bytes, encoded and blinded as RFC 9474 says (RSABSSA-SHA384-PSS-Deterministic), in base64url. */
export const BallotRequest = z.object({ blinded: bytes(SIGNED) })
export const BallotView = z.object({ signature: z.string() })
/** `token`: what the ballot was blinded from; `signature`: the unblinded one. Both in base64url. */
export const BallotInput = z.object({ token: bytes(TOKEN), signature: bytes(SIGNED), chosen: Choice })
export type BallotInput = z.output<typeof BallotInput>
/** `box`: in which it lies. Once `GET /entries/{id}/poll` names another one, it has to be put in again. */
export const PutIn = z.object({ box: z.uuid() })

const CountView = z.object({
  votes: z.number(), tally: z.array(z.object({ option: z.string(), votes: z.number() })), winner: z.string().nullable(), tied: z.array(z.string()),
  pairs: z.array(z.array(z.number())).optional(), paths: z.array(z.array(z.number())).optional(),
})

/**
 * The same for all who may read it. `turnout`: how many voted, of an open anonymous poll in steps; `given`: how many got a ballot of one
 * that is closed; `count`: null as long as it is hidden, and where too few voted for it to be anonymous.
 */
export const PollFacts = z.object({
  state: z.enum(['open', 'closed']), method: z.enum(METHODS), options: z.array(z.object({ id: z.string(), text: z.string() })),
  closes_at: z.string(), closed_at: z.string().nullable(), anonymous: z.boolean(), hidden: z.boolean(),
  turnout: z.number(), given: z.number().nullable(), count: CountView.nullable(),
})
export type PollFacts = z.infer<typeof PollFacts>

/**
 * What a reader has to do with it. `mine`: what they chose by name; `ballot`: whether they got one; `key`: the modulus to blind with, in
 * base64url, while an anonymous one is open; `box`: the one in which votes lie now.
 */
export const PollView = z.object({ mine: Choice.nullable(), ballot: z.boolean(), key: z.string().nullable(), box: z.uuid().nullable(), may: z.object({ vote: z.boolean() }) })
export type PollView = z.infer<typeof PollView>

export const VoteView = z.object({ person: PersonCard, chosen: Choice, at: z.string() })
export type VoteView = z.infer<typeof VoteView>
