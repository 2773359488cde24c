import { sql } from 'kysely'
import type { Host } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import { defineJob } from '../../kernel/jobs.ts'

/**
 * A guess at a secret of a person. `from` is where it comes from, a network or a browser; a `known` place is not slowed
 * by what is guessed elsewhere.
 */
export type Guess = { about: string; from: string; known: boolean }

// So many are free from one place; then each has to wait, twice as long as the one before it, up to a quarter of an hour.
const FREE = 5
const FIRST_WAIT = 4
const LONGEST_WAIT = 900
// When so many went wrong within an hour, wherever they came from, a new place has one that is free and not five.
const MANY = 30
const EVERYWHERE = '*'

/**
 * Lets a guess be checked, or says how long it has to wait. Nobody is locked out: what is wrong from one place costs the
 * others nothing but their free tries. Counted in the database before the check, so also in parallel and by all processes.
 * @param check says whether the guess is right
 * @throws Refusal 429 with `retry_after`
 */
export async function guess(host: Host, made: Guess, check: () => Promise<boolean>): Promise<boolean> {
  await count(host, made)
  const isRight = await check()
  if (isRight) await host.db.deleteFrom('guesses').where('about', '=', made.about).where('source', '=', made.from).execute()
  else if (!made.known) await countEverywhere(host, made)
  return isRight
}

async function count(host: Host, { about, from, known }: Guess): Promise<void> {
  const free = sql`case when ${known} or coalesce((select e.tries from guesses e where e.about = ${about} and e.source = ${EVERYWHERE}
    and e.last_at > now() - interval '1 hour'), 0) < ${MANY} then ${FREE}::int else 1 end`
  const waitAfter = (tries: ReturnType<typeof sql>) => sql`now() + interval '1 second' * case when ${tries} < ${free} then 0
    else least(${LONGEST_WAIT}::int, ${FIRST_WAIT}::int * 2 ^ least(${tries} - ${free}, 20)) end`
  // By the clock and not by when the statement began: one that waited for another try meanwhile would find it opens in its future.
  const { rows } = await sql`insert into guesses as g (about, source, tries, open_at) values (${about}, ${from}, 1, ${waitAfter(sql`1`)})
    on conflict (about, source) do update set tries = g.tries + 1, last_at = now(), open_at = ${waitAfter(sql`(g.tries + 1)`)}
    where g.open_at <= clock_timestamp() returning tries`.execute(host.db)
  if (rows.length) return
  const row = await host.db.selectFrom('guesses').select('open_at').where('about', '=', about).where('source', '=', from).executeTakeFirst()
  const seconds = Math.max(1, Math.ceil((Date.parse(row?.open_at ?? '') - Date.now()) / 1000) || 1)
  throw new Refusal(429, 'too_many_requests', `Too many wrong tries. Try again in ${seconds} s.`, { retry_after: seconds })
}

const countEverywhere = (host: Host, { about }: Guess) =>
  sql`insert into guesses as g (about, source, tries, open_at) values (${about}, ${EVERYWHERE}, 1, now()) on conflict (about, source)
    do update set last_at = now(), tries = case when g.last_at < now() - interval '1 hour' then 1 else g.tries + 1 end`.execute(host.db)

/** A day without a guess, and nothing is known of it any more. */
export const forgetGuesses = defineJob<object>('forget-guesses', async (host) => {
  await host.db.deleteFrom('guesses').where('last_at', '<', sql<string>`now() - interval '1 day'`).execute()
})
