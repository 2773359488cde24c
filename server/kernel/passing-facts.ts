import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Host, inTransaction, SYSTEM } from './context.ts'
import { meetEffects, remember, take } from './effect-cursors.ts'
import { eventTypes } from './events.ts'
import { defineJob } from './jobs.ts'

const DAYS = 30
const PIECE = 10_000

// It goes through the log once, as effects do, with a cursor like theirs; it stays behind by these days.
const reader = { name: 'forget-passing-facts', from: 'beginning' as const }

/** Every night: takes the facts out of the log that were of use for some days. Leaves as much time to others as it takes. */
export const forgetPassingFacts = defineJob<object>(reader.name, async (host, _payload, signal) => {
  for (let isMore = true; isMore && !signal?.aborted;) {
    const begun = performance.now()
    isMore = await forgetPiece(host)
    await sleep(performance.now() - begun)
  }
}, { queue: 'heavy' })

/** Looks at the next piece of the log; answers whether there may be more that is old enough. */
export async function forgetPiece(host: Host): Promise<boolean> {
  const from = (await meetEffects(host, [reader])).get(reader.name)!
  const passing = eventTypes().filter(({ kept }) => kept === 'days').map(({ type }) => type)
  return inTransaction(host, SYSTEM, async (ctx) => {
    const { rows: [{ seen, until }] } = await sql<{ seen: number; until: number | null }>`
      with piece as materialized (select seq, type, at from events where seq > ${from} order by seq limit ${PIECE})
      select count(*) as seen, coalesce(min(seq) filter (where type = any(${passing}) and at >= now() - make_interval(days => ${DAYS})) - 1, max(seq)) as until
      from piece`.execute(ctx.db)
    if (until === null || until <= from) return false
    if (!(await take(ctx, reader, [{ seq: until }], from)).length) return true
    await sql`delete from events where seq > ${from} and seq <= ${until} and type = any(${passing})`.execute(ctx.db)
    await remember(ctx, reader, until)
    return seen === PIECE
  })
}
