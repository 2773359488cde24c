import { type RawBuilder, sql } from 'kysely'
import { type Config, ConfigError } from '../../kernel/config.ts'
import { declare } from '../../kernel/declared.ts'

/**
 * One way in which people turn to each other, and where it is written down.
 *
 * `rows` selects a row `(to_id, open)` for each time the person `a.person_id` did so in the week of `a`, `open` where every
 * member may read it; ids that carry their time are compared with `a.since` (inclusive) and `a.until` (exclusive). Nothing
 * secret is counted: join `place`.
 */
export type TieSource = {
  kind: string
  /** what once in a week weighs; see docs/network.md */
  weight: number
  rows: RawBuilder<unknown>
}

const sources = new Map<string, TieSource>()
/** Declares a way in which people turn to each other; a feature does so in its schema.ts. */
export const defineTieSource = (source: TieSource): void => void declare(sources, 'kinds of ties', source.kind, source)
export const tieSources = (): readonly TieSource[] => [...sources.values()]

/**
 * What each kind of tie weighs in this network: as the kind says, or as it is set (TIE_WEIGHTS).
 * @throws ConfigError for a kind that there is not
 */
export function tieWeights({ tieWeights: set }: Pick<Config, 'tieWeights'>): Record<string, number> {
  const own: Record<string, number> = { import: 1, ...Object.fromEntries(tieSources().map(({ kind, weight }) => [kind, weight])) }
  const unknown = Object.keys(set).filter((kind) => !(kind in own))
  if (unknown.length) throw new ConfigError(`TIE_WEIGHTS names ${unknown.join(', ')}; there are ${Object.keys(own).join(', ')}. See docs/network.md.`)
  return { ...own, ...set }
}

/** Joins where an entry stands, if that it was said is no secret; to be selected with `isOpen`. @param entry an alias of `entries` */
export const place = (entry: string): RawBuilder<unknown> =>
  // not content: only who may read there
  sql`join spaces place on place.id = ${sql.ref(`${entry}.space_id`)} and place.visibility <> 'secret' and ${sql.ref(`${entry}.state`)} = 'published'`
/** Whether every member of the network may read there. */
export const isOpen = sql<boolean>`(place.visibility = 'open') as open`

/** The entries that `a` wrote in the week. */
const written = sql`e.author_id = a.person_id and e.id >= a.since and e.id < a.until`

defineTieSource({
  kind: 'reply', weight: 2,
  // not content: who answered whom
  rows: sql`select p.author_id as to_id, ${isOpen} from entries e ${place('e')} join entries p on p.id = e.parent_id where ${written}`,
})

// Those whose words stood in the thread before; very long threads are no meeting of each with each.
const MEETING = 50
defineTieSource({
  kind: 'thread', weight: 0.5,
  // not content: who spoke in the same thread
  rows: sql`select distinct root.id, o.author_id as to_id, ${isOpen} from entries e ${place('e')}
    join entries root on root.id = e.root_id and root.reply_count <= ${MEETING}
    join entries o on (o.root_id = root.id or o.id = root.id) and o.id < e.id and o.state = 'published'
    where ${written}`,
})

defineTieSource({
  kind: 'direct', weight: 1,
  // not content: that something was said, if both said that it may count
  rows: sql`select m.person_id as to_id, false as open from entries e join spaces s on s.id = e.space_id and s.kind = 'direct'
    join memberships m on m.space_id = s.id
    where ${written} and e.state = 'published'
      and (select count(*) from tie_choices c where c.person_id in (a.person_id, m.person_id) and c.count_direct) = 2`,
})
