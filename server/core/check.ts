import { sql } from 'kysely'
import type { Db } from '../kernel/db.ts'

/** A number that is kept beside what it counts: how to find rows where the two differ, and how to set them right. */
type Derived = { name: string; wrong: (db: Db) => Promise<number>; repair: (db: Db) => Promise<unknown> }

const threads = sql`select r.id, count(e.id)::int as n, coalesce(max(e.id::text)::uuid, r.id) as newest from entries r
  left join entries e on e.root_id = r.id and e.state = 'published' where r.root_id is null group by r.id`
const members = sql`select s.id, count(p.id)::int as n from spaces s left join memberships m on m.space_id = s.id
  left join people p on p.id = m.person_id and p.state <> 'deactivated' group by s.id`

const count = async (db: Db, query: ReturnType<typeof sql>) => Number(((await sql`select count(*) as n from (${query}) q`.execute(db)).rows[0] as { n: number }).n)

const derived: Derived[] = [
  {
    name: 'replies and newest activity of threads',
    wrong: (db) => count(db, sql`select 1 from (${threads}) t join entries e on e.id = t.id where (e.reply_count, e.active_id) is distinct from (t.n, t.newest)`),
    repair: (db) => sql`update entries e set reply_count = t.n, active_id = t.newest from (${threads}) t
      where e.id = t.id and (e.reply_count, e.active_id) is distinct from (t.n, t.newest)`.execute(db),
  },
  {
    name: 'members of spaces',
    wrong: (db) => count(db, sql`select 1 from (${members}) m join spaces s on s.id = m.id where s.member_count <> m.n`),
    repair: (db) => sql`update spaces s set member_count = m.n from (${members}) m where s.id = m.id and s.member_count <> m.n`.execute(db),
  },
]

/** Counts where derived numbers are wrong, and with `repair` sets them right from what they are derived from. */
export async function checkNumbers(db: Db, repair: boolean): Promise<{ name: string; wrong: number; repaired: boolean }[]> {
  const found = []
  for (const item of derived) {
    const wrong = await item.wrong(db)
    if (wrong && repair) await item.repair(db)
    found.push({ name: item.name, wrong, repaired: wrong > 0 && repair })
  }
  return found
}
