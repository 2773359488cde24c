import { sql } from 'kysely'
import { answered, count, runsTable } from '../../core/entries/conversations.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ENOUGH, type Run } from '../../kernel/weeks.ts'
import { openConversations } from './open.ts'
import type { RootingFigures } from './schema.ts'

/**
 * In how many open spaces people answered each other, or wrote without an answer, or nobody wrote.
 * @param runs of the last four weeks
 * @returns null where too few people wrote; without the second number where it would mean few people
 */
export async function countSpaces(ctx: Ctx, runs: Run[]): Promise<RootingFigures['spaces']> {
  if (!runs.some((run) => run.people)) return null
  const all = visibleSpaces(ctx).where('spaces.kind', '=', 'community').where('spaces.visibility', '=', 'open').where('spaces.state', '=', 'active').select('spaces.id')
  const [c] = await count(ctx, sql<Record<'total' | 'dialogue' | 'monologue' | 'people_talking' | 'people_alone', number>>`
    with ${openConversations(ctx, runs[0].from, runs.at(-1)!.to)}, ${runsTable(runs)}, ${answered},
    communities as materialized (${all}),
    lively as materialized (select h.space_id as id, bool_or(a.head is not null) as talks from heads h join runs using (week) join communities c on c.id = h.space_id
      left join answered a on a.head = h.id group by 1),
    writers as (select l.talks, count(distinct t.author_id)::int as n from turns t join runs using (week) join heads h on h.id = t.head join lively l on l.id = h.space_id group by 1)
    select (select count(*)::int from communities) as total, (select count(*)::int from lively where talks) as dialogue,
      (select count(*)::int from lively where not talks) as monologue,
      coalesce((select n from writers where talks), 0) as people_talking, coalesce((select n from writers where not talks), 0) as people_alone`)
  if (c.people_talking > 0 && c.people_talking < ENOUGH) return null
  const isTold = c.people_alone === 0 || c.people_alone >= ENOUGH
  return { dialogue: c.dialogue, monologue: isTold ? c.monologue : null, quiet: c.total - c.dialogue - (isTold ? c.monologue : 0) }
}
