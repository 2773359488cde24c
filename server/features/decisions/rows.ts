import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { isHere } from '../../core/people/taking-part.ts'
import { mayReadAs } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Tables } from '../../kernel/db.ts'

export type Row = Selectable<Tables['decisions']>

/** What is kept of a decision that the actor may read. */
export const rowOf = (ctx: Pick<Ctx, 'db'>, id: string): Promise<Row> =>
  ctx.db.selectFrom('decisions').selectAll().where('entry_id', '=', id).executeTakeFirstOrThrow()

/** Its moment counts, also where the job that closes it is late. */
export const isOpen = ({ state, closes_at }: Row): boolean => state === 'open' && Date.parse(closes_at) > Date.now()
export const hasOutcome = ({ outcome_at }: Row): boolean => outcome_at !== null

/** The named decider, as long as they are here and may read it; without them who proposed it and the hosts tell the outcome. */
export async function actingDecider(ctx: Pick<Ctx, 'db'>, { decider_id }: Row, space: string): Promise<string | null> {
  if (!decider_id) return null
  const { rows } = await sql<{ id: string }>`select p.id from people p join spaces s on s.id = ${space} -- not content: whether they may read there
    where p.id = ${decider_id} and ${isHere('p')} and ${mayReadAs({ id: sql.ref('p.id'), guest: sql<boolean>`p.role = 'guest'` }, 's')}`.execute(ctx.db)
  return rows[0]?.id ?? null
}
