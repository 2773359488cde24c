import { sql } from 'kysely'
import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { idFloor, ZERO_ID } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'

const DAY = 86_400_000
// Where somebody may still be reading stays as it is.
const SETTLED = 7 * DAY
const PAIRS = 500
const ENTRIES = 5000
const MANY = 10

type Pair = { person_id: string; space_id: string }

/**
 * Every night: who reads thread by thread leaves a position for each of them, for ever. What these say together is said by
 * the position in the space and the few threads that were left unread below it: as many rows as there are of the fewer.
 * Nothing that was read or unread is different afterwards. Where somebody is no member, nothing counts as unread to them:
 * there a position is a bookmark, and goes when nobody came back to it for a year.
 */
export const tidyReads = defineJob<object>('tidy-reads', async (host, _payload, signal) => {
  for (let last: Pair | undefined = { person_id: ZERO_ID, space_id: ZERO_ID }; last && !signal?.aborted;) {
    const { rows } = await sql<Pair & { n: number }>`select person_id, space_id, count(*) as n from thread_reads
      where (person_id, space_id) > (${last.person_id}, ${last.space_id}) group by 1, 2 order by 1, 2 limit ${PAIRS}`.execute(host.db)
    for (const pair of rows.filter(({ n }) => n >= MANY)) await tidyPair(host, pair)
    if (rows.length) await forgetBookmarks(host, last, rows.at(-1)!)
    last = rows.length === PAIRS ? rows.at(-1) : undefined
  }
}, { queue: 'heavy' })

/** Moves a member's position on, piece by piece, as long as that leaves fewer rows. */
export async function tidyPair(host: Host, pair: Pair, settled = idFloor(Date.now() - SETTLED)): Promise<void> {
  while (await moveOn(host, pair, settled));
}

const moveOn = (host: Host, { person_id, space_id }: Pair, settled: string): Promise<boolean> => inTransaction(host, SYSTEM, async ({ db }) => {
  // Locked: who marks the space read meanwhile does it before this or after it.
  const mine = await db.selectFrom('memberships').select('read_to').where('person_id', '=', person_id).where('space_id', '=', space_id).forUpdate().executeTakeFirst()
  if (!mine) return false
  // What was removed counts as long as it can come back.
  const counts = (e: string) => sql`${sql.ref(`${e}.author_id`)} <> ${person_id}
    and (${sql.ref(`${e}.state`)} = 'published' or exists (select from removals r where r.entry_id = ${sql.ref(`${e}.id`)}))`
  const { rows } = await sql<{ seen: number }>`
    -- not content: the ids of the next piece
    with piece as materialized (select id, root_id, author_id, state from entries where space_id = ${space_id} and id > ${mine.read_to} and id < ${settled} order by id limit ${ENTRIES}),
    upto as (select max(id::text)::uuid as id from piece),
    unread as materialized (
      select coalesce(e.root_id, e.id) as root_id, bool_or(t.root_id is not null) as is_noted
      from piece e left join thread_reads t on t.person_id = ${person_id} and t.root_id = coalesce(e.root_id, e.id)
      where ${counts('e')} and (t.root_id is null or t.read_to < e.id) group by 1),
    -- Positions that say no more than the one in the space will.
    said as materialized (
      select t.root_id, t.read_to from thread_reads t, upto where t.person_id = ${person_id} and t.space_id = ${space_id}
        and t.read_to <= upto.id and t.root_id not in (select root_id from unread)
        -- not content: whether anything in the thread is unread below the position
        and (t.read_to >= ${mine.read_to} or not exists (select from entries e where e.space_id = ${space_id} and (e.root_id = t.root_id or e.id = t.root_id)
          and e.id > t.read_to and e.id <= ${mine.read_to} and ${counts('e')}))),
    is_less as (select true where (select count(*) from unread where not is_noted) < (select count(*) from said)),
    moved as (update memberships m set read_to = upto.id from upto, is_less where m.person_id = ${person_id} and m.space_id = ${space_id} returning 1),
    gone as (delete from thread_reads t using said, is_less where t.person_id = ${person_id} and t.root_id = said.root_id and t.read_to = said.read_to),
    noted as (insert into thread_reads (person_id, root_id, space_id, read_to)
      select ${person_id}, root_id, ${space_id}, ${mine.read_to} from unread, is_less where not is_noted on conflict do nothing)
    select (select count(*) from piece) as seen from moved`.execute(db)
  return rows[0]?.seen === ENTRIES
})

const forgetBookmarks = (host: Host, from: Pair, to: Pair) =>
  sql`delete from thread_reads t where (t.person_id, t.space_id) > (${from.person_id}, ${from.space_id}) and (t.person_id, t.space_id) <= (${to.person_id}, ${to.space_id})
    and t.at < now() - interval '1 year' and not exists (select from memberships m where m.person_id = t.person_id and m.space_id = t.space_id)`.execute(host.db)
