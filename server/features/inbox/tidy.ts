import { sql } from 'kysely'
import { readToOf } from '../../core/reads/queries.ts'
import type { Host } from '../../kernel/context.ts'
import { idFloor, ZERO_ID } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'

const QUARTER = 90 * 86_400_000
const PAIRS = 1000
// What an item of the inbox shows.
const SHOWN = 3

type Thread = { person_id: string; root_id: string }

/**
 * Every night: of a thread that long ago told somebody a hundred times that they were answered, the inbox shows the newest
 * three and why. What is behind these, older than a quarter of a year and read, is told nowhere and goes; so does what is
 * gone for good.
 */
export const tidyInbox = defineJob<object>('tidy-inbox', async (host, _payload, signal) => {
  for (let last: Thread | undefined = { person_id: ZERO_ID, root_id: ZERO_ID }; last && !signal?.aborted;)
    last = await tidyPiece(host, last)
}, { queue: 'heavy' })

/** Looks at the next threads of people; answers the last of them if there are more. */
export async function tidyPiece(host: Host, after: Thread, before = idFloor(Date.now() - QUARTER)): Promise<Thread | undefined> {
  const { rows } = await sql<Thread & { n: number }>`select person_id, root_id, count(*) as n from notifications
    where (person_id, root_id) > (${after.person_id}, ${after.root_id}) group by 1, 2 order by 1, 2 limit ${PAIRS}`.execute(host.db)
  const long = rows.filter(({ n }) => n > SHOWN)
  if (long.length) await sql`
    with given as (select * from unnest(${long.map((row) => row.person_id)}::uuid[], ${long.map((row) => row.root_id)}::uuid[]) g (person_id, root_id)),
    ranked as (
      select n.person_id, n.entry_id, n.moment, n.reason, e.state = 'removed' and not exists (select from removals r where r.entry_id = e.id) as is_gone,
        n.passed or (n.moment = n.entry_id and coalesce(e.id <= ${readToOf(sql.ref('n.person_id'), 'e')}, false)) as is_read,
        -- an entry may be told for several reasons
        dense_rank() over (partition by n.person_id, n.root_id, e.state order by n.latest desc, n.entry_id desc) as place,
        row_number() over (partition by n.person_id, n.root_id, e.state, n.reason order by n.moment desc) as place_of_reason
      from (select n.*, max(n.moment::text) over (partition by n.person_id, n.entry_id) as latest from given join notifications n using (person_id, root_id)) n
      -- not content: which of what somebody was told they would still be shown
      join entries e on e.id = n.entry_id)
    delete from notifications n using ranked r where n.person_id = r.person_id and n.entry_id = r.entry_id and n.reason = r.reason
      and (r.is_gone or (r.is_read and r.place > ${SHOWN} and r.place_of_reason > 1 and r.moment < ${before}))`.execute(host.db)
  return rows.length === PAIRS ? rows.at(-1) : undefined
}
