import { sql } from 'kysely'
import { cardOf } from '../../core/people/queries.ts'
import { inReadableSpace } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import type { AttributionView } from './schema.ts'

/** What imports say that the actor wrote, the newest first; as far as they may read it. */
export async function listAttributions(ctx: Ctx) {
  const rows = await ofMine(ctx).orderBy('i.id', 'desc').limit(100).execute()
  const items = rows.map(show)
  // What there is nothing to see of does not exist for them.
  return { items: items.filter((one) => one.state !== 'waiting' || one.entries + one.reactions > 0), next: null }
}

/** @throws Refusal 404 */
export async function findAttribution(ctx: Ctx, importId: string): Promise<AttributionView> {
  const row = await ofMine(ctx).where('a.import_id', '=', importId).executeTakeFirstOrThrow(notFound)
  return show(row)
}

/** The condition that an entry `e` is one of those the actor may read. */
export const readable = (ctx: Ctx) => inReadableSpace(ctx, 'e')(null as never)

const ofMine = (ctx: Ctx) => ctx.db.selectFrom('attributions as a').where('a.person_id', '=', ctx.actor.id)
  .innerJoin('imports as i', 'i.id', 'a.import_id').innerJoin('people as s', 's.id', 'a.stand_in').leftJoin('people as p', 'p.id', 'i.started_by')
  .select(['a.import_id as id', 'a.state', cardOf('s').as('stand_in'), 'i.state as import_state', 'i.created_at as at', 'i.kind as source',
    'p.id as by_id', 'p.name as by_name',
    // visible: the predicate stands in both
    sql<number>`(select count(*)::int from entries e where e.author_id = a.stand_in and e.state = 'published' and ${readable(ctx)})`.as('entries'),
    // visible: as above
    sql<number>`(select count(*)::int from reactions r join entries e on e.id = r.entry_id where r.person_id = a.stand_in and ${readable(ctx)})`.as('reactions')])

type Row = Awaited<ReturnType<ReturnType<typeof ofMine>['executeTakeFirstOrThrow']>>

const show = ({ import_state, at, source, by_id, by_name, ...row }: Row): AttributionView => ({
  ...row, imported: { at, source, by: by_id ? { id: by_id, name: by_name! } : null },
  is_complete: import_state === 'done' || import_state === 'failed',
})
