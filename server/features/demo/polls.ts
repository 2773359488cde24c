import type { Ctx } from '../../kernel/context.ts'
import type { PastEvent } from '../../kernel/events.ts'
import { pollClosed, pollVoted } from '../polls/events.ts'
import type { Company } from './company.ts'
import { type PollScript, polls } from './content/polls.ts'
import type { Entry } from './told.ts'

const DAY = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString()

/** The moments of a poll: its end, and the votes, evenly until then or until now. */
function momentsOf({ closes, said }: PollScript, { ms }: Entry, anchor: number) {
  const end = ms + closes * DAY
  const step = (Math.min(end, anchor) - ms) / (Object.keys(said).length + 2)
  return { end, at: (n: number) => ms + Math.floor(step * (n + 1)) }
}

function countOf({ tally, said, ballots }: PollScript) {
  const most = Math.max(...tally)
  const first = tally.flatMap((votes, i) => (votes === most ? [String(i + 1)] : []))
  return {
    votes: ballots ? tally.reduce((sum, votes) => sum + votes, 0) : Object.keys(said).length, tally: tally.map((votes, i) => ({ option: String(i + 1), votes })),
    winner: first.length === 1 ? first[0] : null, tied: first.length > 1 ? first : [],
  }
}

const asked = ({ entries }: Company) => entries.flatMap((entry) => (entry.poll ? [{ entry, script: polls[entry.poll] }] : []))

/** Writes what belongs to the polls of the company, as if people had voted. */
export async function writePolls({ db }: Ctx, company: Company, anchor: number): Promise<void> {
  const idOf = new Map(company.people.map((one) => [one.key, one.id]))
  for (const { entry: { id: entry_id, ...entry }, script } of asked(company)) {
    const { method, options, state, ballots, said } = script
    const { end, at } = momentsOf(script, { id: entry_id, ...entry }, anchor)
    const count = countOf(script)
    await db.insertInto('polls').values({
      entry_id, state, method, options: JSON.stringify(options.map((text, i) => ({ id: String(i + 1), text }))), closes_at: iso(end), closed_at: state === 'closed' ? iso(end) : null,
      anonymous: !!ballots, hidden: !!ballots, key: null, turnout: count.votes, counted: JSON.stringify(count),
    }).execute()
    const votes = Object.entries(said).map(([by, choice], n) => ({ entry_id, person_id: idOf.get(by)!, choice: JSON.stringify(choice), at: iso(at(n)) }))
    if (votes.length) await db.insertInto('poll_votes').values(votes).execute()
    if (ballots) await db.insertInto('poll_ballots').values(ballots.split(' ').map((by) => ({ entry_id, person_id: idOf.get(by)!, request: Buffer.alloc(0) }))).execute()
  }
}

/** What of it is in the log. */
export function historyOfPolls(company: Company, anchor: number): PastEvent[] {
  const idOf = new Map(company.people.map((one) => [one.key, one.id]))
  return asked(company).flatMap(({ entry, script }) => {
    const { end, at } = momentsOf(script, entry, anchor)
    const about = { space_id: entry.space.id, entry_id: entry.id, data: {} }
    return [
      ...Object.keys(script.said).map((by, n): PastEvent => ({ ...about, type: pollVoted.type, actor_id: idOf.get(by)!, at: iso(at(n)) })),
      ...(script.state === 'closed' ? [{ ...about, type: pollClosed.type, actor_id: null, at: iso(end) }] : []),
    ]
  })
}
