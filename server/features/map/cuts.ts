import { type RawBuilder, sql } from 'kysely'
import { sites } from '../../core/people/sites.ts'
import type { Ctx } from '../../kernel/context.ts'
import { ENOUGH } from '../../kernel/weeks.ts'
import type { Cut } from './schema.ts'

/** What a cut groups people by: a label for each person that has one. */
type Labels = RawBuilder<{ person: string; label: string }>

const DAYS = 365

const labels: Record<Exclude<Cut, 'community'>, Labels> = {
  department: sql`select id as person, trim(department) as label from people where trim(department) <> ''`,
  site: sql`with ${sites} select person, site as label from sites`,
  // The topic somebody used most in the last year, where every member reads it.
  topic: sql`select distinct on (person) person, topic as label from (
    -- visible: spaces that every member reads
    select e.author_id as person, t.topic, count(*) as n, max(e.id::text) as last from topics t join entries e on e.id = t.entry_id and e.state = 'published'
    -- visible: as above
    join spaces s on s.id = e.space_id and s.visibility = 'open' and s.kind = 'community'
    where e.created_at > now() - ${DAYS} * interval '1 day' group by 1, 2) used order by person, n desc, last desc`,
}

export type LabelledGroup = { label: string; people: string[] }

const MOST = 30

/**
 * People by what a cut groups them by, in groups of at least eight; everybody else is the group without a label, last.
 * @param people who is on the map
 * @returns none where there would be only one group
 */
export async function groupByLabel(ctx: Pick<Ctx, 'db'>, cut: Exclude<Cut, 'community'>, people: Set<string>): Promise<LabelledGroup[]> {
  const { rows } = await labels[cut].execute(ctx.db)
  const byLabel = Map.groupBy(rows.filter(({ person }) => people.has(person)), ({ label }) => label.toLowerCase())
  const groups = [...byLabel.values()].map((some) => ({ label: some[0].label, people: some.map(({ person }) => person) }))
    .sort((a, b) => b.people.length - a.people.length || (a.label < b.label ? -1 : 1)).filter((group, i) => group.people.length >= ENOUGH && i < MOST)
  const named = new Set(groups.flatMap((group) => group.people))
  const others = [...people].filter((person) => !named.has(person))
  // Fewer than eight others would be told by what is missing: the smallest group is with them then.
  while (others.length > 0 && others.length < ENOUGH && groups.length) others.push(...groups.pop()!.people)
  if (others.length) groups.push({ label: '', people: others })
  return groups.length > 1 ? groups : []
}
