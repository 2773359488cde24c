import type { Forget } from '../../core/entries/forget.ts'
import type { WrittenEntry } from '../../core/entries/parts.ts'
import type { Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { makeKey } from './blind.ts'
import { takeOut } from './box.ts'
import { FEWEST_OPTIONS, MOST_OPTIONS, type Option } from './policy.ts'
import type { PollInput } from './shapes.ts'

/** The name of the job in jobs.ts. */
export const CLOSING = { name: 'close-poll' }

/** Keeps what is asked with a poll that is being written. @throws Refusal 422 */
export async function keepPoll(ctx: Ctx, entry: WrittenEntry, { options, method, closes_at, anonymous, hidden }: PollInput): Promise<void> {
  const choices = demandOptions(options.map((text, i) => ({ id: String(i + 1), text })))
  demandMoment(closes_at)
  const key = anonymous ? await makeKey() : null
  await ctx.db.insertInto('polls').values({
    entry_id: entry.id, method, options: JSON.stringify(choices), closes_at, closed_at: null, anonymous, hidden: hidden || anonymous, key: key?.modulus ?? null, counted: null,
  }).execute()
  if (key) await ctx.db.insertInto('poll_keys').values({ entry_id: entry.id, secret: JSON.stringify(key.secret) }).execute()
  await enqueue(ctx.db, CLOSING, { id: entry.id }, { key: `close poll ${entry.id}`, runAt: new Date(closes_at) })
}

function demandOptions(options: Option[]): Option[] {
  if (options.some(({ text }) => !text)) throw invalid('empty_option', 'Each option needs some words.')
  if (options.length < FEWEST_OPTIONS) throw invalid('too_few_options', 'There is nothing to choose with fewer than two options.')
  if (options.length > MOST_OPTIONS) throw invalid('too_many_options', `At most ${MOST_OPTIONS} options can be chosen from.`)
  if (new Set(options.map(({ text }) => text.toLowerCase())).size < options.length) throw invalid('same_option', 'Two options say the same.')
  return options
}

function demandMoment(at: string): void {
  const ahead = Date.parse(at) - Date.now()
  if (!(ahead > 0)) throw invalid('closes_in_past', 'It has to close at a moment that is still to come.')
  if (ahead > 2 * 366 * 86_400_000) throw invalid('closes_too_late', 'A poll closes within two years.')
}

/** Of a poll that was removed nothing stays that somebody wrote or chose. */
export const forgetPolls: Forget = async (ctx, entries) => {
  const anonymous = await ctx.db.updateTable('polls').set({ options: '[]', counted: null }).where('entry_id', 'in', entries).returning(['entry_id', 'anonymous']).execute()
  const boxes = anonymous.flatMap((poll) => (poll.anonymous ? [poll.entry_id] : []))
  if (boxes.length) await takeOut(ctx, boxes)
  for (const table of ['poll_votes', 'poll_ballots', 'poll_keys'] as const) await ctx.db.deleteFrom(table).where('entry_id', 'in', entries).execute()
}
