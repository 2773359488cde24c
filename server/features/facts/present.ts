import { type RawBuilder, sql } from 'kysely'
import type { Viewer } from '../../core/entries/parts.ts'
import { cardOf } from '../../core/people/queries.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'

/** How many of the sides are told; the first is what holds. */
export const MOST_SIDES = 3

/** What holds of a subject, `alias` of `fact_subjects`, for those who may read the facts about it, which are all in one space. */
export const presentOf = (viewer: Viewer, alias: string): RawBuilder<unknown> => {
  const s = (column: string) => sql.ref(`${alias}.${column}`)
  return sql`json_build_object('id', ${s('id')}, 'about', ${s('about')}, 'place', ${s('place')}, 'disputed', ${s('disputed')}, 'sure', ${s('sure')},
    'stale_at', ${s('stale_at')}, 'changed', ${s('changed')}, 'revision', ${s('revision')}, 'sides', (
      select json_agg(json_build_object('fact', se.id, 'side', sf.side, 'claim', se.title, 'value', sf.value, 'source', sf.source, 'people', x.people, 'share', x.share,
        'seen_at', x.seen_at, 'seen_by', case when ${mayMeet(viewer, 'x.seen_by', `${alias}.space_id`)} or x.seen_by = se.author_id then ${cardOf('sp')} end) order by x.n)
      from jsonb_to_recordset(${s('sides')}) as x(n int, fact uuid, people int, share real, seen_at timestamptz, seen_by uuid)
      -- visible: facts of the same space about the same, found by right with their subject
      join entries se on se.id = x.fact join facts sf on sf.entry_id = se.id join people sp on sp.id = x.seen_by))`
}
