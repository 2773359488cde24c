import type { Ctx } from '../../kernel/context.ts'
import type { PastEvent } from '../../kernel/events.ts'
import { outcomeTold, positionTaken } from '../decisions/events.ts'
import type { Company } from './company.ts'
import { type DecisionScript, decisions } from './content/decisions.ts'
import type { Entry } from './told.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const iso = (ms: number) => new Date(ms).toISOString()

/** The moments of a decision: positions come hour by hour, the outcome an hour after it closed. */
function momentsOf({ closes, said }: DecisionScript, { ms }: Entry, anchor: number) {
  const end = ms + closes * DAY
  const span = Math.min(end, anchor) - ms
  return { end, told: end + HOUR, at: (n: number) => ms + Math.floor((span * (n + 1)) / (said.length + 2)) }
}

/** Writes what belongs to the decisions of the company and to their arguments, as if people had done it. */
export async function writeDecisions({ db }: Ctx, { entries, people }: Company, anchor: number): Promise<void> {
  const person = new Map(people.map((one) => [one.key, one]))
  for (const entry of entries) {
    const script = entry.decision && decisions[entry.decision]
    if (!script) continue
    const { end, told, at } = momentsOf(script, entry, anchor)
    const { outcome, summary } = script
    const author = people.find(({ id }) => id === entry.author)!
    await db.insertInto('decisions').values({
      entry_id: entry.id, state: outcome ? 'decided' : 'open', method: script.method, options: JSON.stringify(script.options.map((text, i) => ({ id: String(i + 1), text }))),
      deciders: null, decider_id: null, closes_at: iso(end), zone: author.time_zone, review_on: script.review ? iso(end + script.review * DAY).slice(0, 10) : null, supersedes: null, superseded_by: null,
      reminded_at: outcome ? iso(end - DAY) : null, closed_at: outcome ? iso(end) : null, counted: outcome ? JSON.stringify(outcome.count) : null,
      outcome: outcome ? JSON.stringify({ option: outcome.option, reason: outcome.reason, rejected: outcome.rejected }) : null,
      outcome_by: outcome ? person.get(outcome.by)!.id : null, outcome_at: outcome ? iso(told) : null,
    }).execute()
    await db.insertInto('decision_positions').values(script.said.map(({ by, choice, reason, changes = 0, accepts = false }, n) => (
      { entry_id: entry.id, person_id: person.get(by)!.id, choice: JSON.stringify(choice), reason, changes, accepts, at: iso(at(n)) }))).execute()
    if (summary) await db.insertInto('decision_summaries').values({ entry_id: entry.id, text: summary.text, by_id: person.get(summary.by)!.id, at: iso(at(script.said.length)), accepted: summary.accepted }).execute()
    const said = entries.filter((one) => one.root === entry.id && one.argument)
    await db.insertInto('decision_arguments').values(said.map((one) => ({ entry_id: one.id, decision_id: entry.id, option_id: one.argument!.option, side: one.argument!.side }))).execute()
    const weights = said.flatMap((one) => (script.weights[people.find(({ id }) => id === one.author)!.key] ?? []).map((by) => ({ entry_id: one.id, person_id: person.get(by)!.id })))
    if (weights.length) await db.insertInto('argument_weights').values(weights).execute()
  }
}

/** What of it is in the log. */
export function historyOfDecisions({ entries, people }: Company, anchor: number): PastEvent[] {
  const idOf = new Map(people.map((one) => [one.key, one.id]))
  return entries.flatMap((entry) => {
    const script = entry.decision && decisions[entry.decision]
    if (!script) return []
    const { told, at } = momentsOf(script, entry, anchor)
    const about = { space_id: entry.space.id, entry_id: entry.id, data: {} }
    return [
      ...script.said.map(({ by }, n): PastEvent => ({ ...about, type: positionTaken.type, actor_id: idOf.get(by)!, at: iso(at(n)) })),
      ...(script.outcome ? [{ ...about, type: outcomeTold.type, actor_id: idOf.get(script.outcome.by)!, at: iso(told) }] : []),
    ]
  })
}
