import { type RawBuilder, sql } from 'kysely'
import { SYSTEM } from '../kernel/context.ts'
import type { Db, RootDb } from '../kernel/db.ts'
import { emit } from '../kernel/events.ts'
import { ZERO_ID } from '../kernel/ids.ts'
import { recountThreads } from './entries/counters.ts'
import { takesPart } from './people/taking-part.ts'
import { lockSpace } from './spaces/enter.ts'
import { spaceImported } from './spaces/events.ts'

/**
 * A number that is kept beside what it counts. `look` compares the rows of the next piece after an id in one statement, so that
 * it sees a number and what it counts as they are at one moment; `repair` counts anew behind the lock that writers take.
 */
type Derived = { name: string; look: (db: Db, after: string) => Promise<Looked[]>; repair: (db: Db, row: Looked) => Promise<unknown> }
type Looked = { id: string; space_id: string; wrong: boolean }

const PIECE = 1000

const everyone = sql`(select count(*) from people where role <> 'guest' and ${takesPart()})`
// standing: of those who take part only who has not come yet
const imported = sql`(select count(*) from people where role <> 'guest' and state = 'imported')`

/** A number that stands at each space: those in it who take part and are meant (a condition on `p`). */
function kept(name: string, column: 'member_count' | 'guest_count', isMeant: RawBuilder<unknown>): Derived {
  const number = sql.ref(`s.${column}`)
  const right = sql`(select count(*)::int from memberships m join people p on p.id = m.person_id and ${takesPart('p')}
    where m.space_id = s.id and ${isMeant})`
  return {
    name,
    look: async (db, after) => (await sql<Looked>`
      with piece as materialized (select id, ${sql.ref(column)} from spaces where id > ${after} order by id limit ${PIECE})
      select s.id, s.id as space_id, ${number} <> ${right} as wrong from piece s order by s.id`.execute(db)).rows,
    repair: async (db, { id }) => {
      // Who is let go counts less in all their spaces by this row alone.
      await db.selectFrom('spaces').select('id').where('id', '=', id).forUpdate().execute()
      await sql`update spaces s set ${sql.ref(column)} = ${right} where id = ${id}`.execute(db)
    },
  }
}

const derived: Derived[] = [
  {
    name: 'replies and newest activity of threads',
    look: async (db, after) => (await sql<Looked>`
      with piece as materialized (select id, space_id, reply_count, active_id from entries where root_id is null and id > ${after} order by id limit ${PIECE})
      select p.id, p.space_id, (p.reply_count, p.active_id) is distinct from (t.n, coalesce(t.newest, p.id)) as wrong
      from piece p cross join lateral (
        select count(*)::int as n, max(e.id::text)::uuid as newest from entries e where e.root_id = p.id and e.state = 'published') t order by p.id`.execute(db)).rows,
    repair: (db, { id }) => recountThreads({ db }, [id]),
  },
  kept('members of spaces', 'member_count', sql`true`),
  kept('guests in spaces', 'guest_count', sql`p.role = 'guest'`),
  {
    name: 'people who take part',
    look: async (db) => (await sql<Looked>`select ${ZERO_ID}::uuid as id, ${ZERO_ID}::uuid as space_id, (people, imported) <> (${everyone}, ${imported}) as wrong from network_counts`.execute(db)).rows,
    repair: async (db) => {
      await db.selectFrom('network_counts').select('people').forUpdate().execute()
      await sql`update network_counts set people = ${everyone}, imported = ${imported}`.execute(db)
    },
  },
]

/**
 * Counts where derived numbers are wrong, and with `repair` sets them right from what they are derived from. Goes piece by
 * piece, so that no statement grows with the network, beside whoever writes.
 */
export async function checkNumbers(db: RootDb, repair: boolean): Promise<{ name: string; wrong: number; repaired: boolean }[]> {
  const found = []
  for (const item of derived) {
    let wrong = 0
    for (let after: string | null = ZERO_ID; after;) {
      const piece: Looked[] = await item.look(db, after)
      const faulty = piece.filter((row) => row.wrong)
      wrong += faulty.length
      if (repair) for (const rows of Map.groupBy(faulty, (row) => row.space_id).values()) await setRight(db, item, rows)
      after = piece.length === PIECE ? piece.at(-1)!.id : null
    }
    found.push({ name: item.name, wrong, repaired: wrong > 0 && repair })
  }
  return found
}

/** Sets numbers of one space right. Servers that run keep what they showed until they hear that it is different. */
const setRight = (root: RootDb, item: Derived, rows: Looked[]) => root.transaction().execute(async (db) => {
  const ctx = { db, actor: SYSTEM }
  const [{ space_id }] = rows
  await lockSpace(ctx, space_id)
  for (const row of rows) await item.repair(db, row)
  const space = await db.selectFrom('spaces').select('visibility').where('id', '=', space_id).executeTakeFirst()
  if (space) await emit(ctx, spaceImported, { space_id }, space)
})
