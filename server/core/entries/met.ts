import { type RawBuilder, sql } from 'kysely'
import { declare } from '../../kernel/declared.ts'

/** Rows (entry_id, person_id): who has met each of these entries (an array of ids) in this way. */
type Met = (entries: RawBuilder<unknown>) => RawBuilder<unknown>
/** Rows (entry_id, of_id): the entries that are there and show others, of which these are some. */
type Shows = (entries: RawBuilder<unknown>) => RawBuilder<unknown>

type Way = { met: Met; isElsewhere: boolean }
const ways = new Map<string, Way>()
const showings = new Map<string, Shows>()

/** An entry that is shown everywhere: whoever met it in the newest of these places is enough to ask for. */
const MOST_PLACES = 100

/**
 * Declares a way in which somebody meets what an entry says, in a feature's schema.ts: reading, answering, being told of it. Whoever
 * met it is told when it turns out to be wrong; it is asked for nothing else, and nobody is shown who it is.
 * @param isElsewhere whoever meets in this way an entry that shows another has met that, too; false where it is known of each by itself
 * @example defineMet('reaction', (entries) => sql`select entry_id, person_id from reactions where entry_id = any (${entries})`)
 */
export const defineMet = (name: string, met: Met, { isElsewhere = true }: Partial<Omit<Way, 'met'>> = {}): void => void declare(ways, 'ways to meet an entry', name, { met, isElsewhere })

/** Declares where else an entry is shown: whoever met that has met the entry, too, and whose it is. */
export const defineShown = (name: string, shows: Shows): void => void declare(showings, 'places where entries are shown', name, shows)

const union = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql` union `)

/** Rows (entry_id, person_id) of all who have met these entries, in themselves or where others show them; whether they still may read them is not asked here. */
export const metBy: Met = (entries) => {
  const all = [...ways.values()]
  return union([...all.map(({ met }) => met(entries)), ...[...showings.values()].map((shows) => {
    const places = sql`(select entry_id, of_id from (${shows(entries)}) shown order by entry_id desc limit ${MOST_PLACES})`
    const others = sql`array(select entry_id from ${places} place)`
    return sql`select place.of_id as entry_id, m.person_id from ${places} place
      join (${union(all.filter(({ isElsewhere }) => isElsewhere).map(({ met }) => met(others)))} union select id as entry_id, author_id as person_id from entries where id = any (${others})) m
        on m.entry_id = place.entry_id`
  })])
}

// Who wrote in the thread that it begins, or answered it where it stands.
defineMet('answer', (entries) => sql`select e.id as entry_id, a.author_id as person_id from entries e
  join entries a on a.root_id = coalesce(e.root_id, e.id) and (e.root_id is null or a.parent_id = e.id) and a.state = 'published' where e.id = any (${entries})`)
