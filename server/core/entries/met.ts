import { type RawBuilder, sql } from 'kysely'
import { declare } from '../../kernel/declared.ts'

/** Rows (entry_id, person_id): who has met each of these entries (an array of ids) in this way. */
type Met = (entries: RawBuilder<unknown>) => RawBuilder<unknown>
/** Rows (entry_id, of_id): the entries that are there and show others, of which these are some. */
type Shows = (entries: RawBuilder<unknown>) => RawBuilder<unknown>

const ways = new Map<string, Met>()
const showings = new Map<string, Shows>()

/**
 * Declares a way in which somebody meets what an entry says, in a feature's schema.ts: reading, answering, being told of it. Whoever
 * met it is told when it turns out to be wrong; it is asked for nothing else, and nobody is shown who it is.
 * @example defineMet('reaction', (entries) => sql`select entry_id, person_id from reactions where entry_id = any (${entries})`)
 */
export const defineMet = (name: string, met: Met): void => void declare(ways, 'ways to meet an entry', name, met)

/** Declares where else an entry is shown: whoever met that has met the entry, too, and whose it is. */
export const defineShown = (name: string, shows: Shows): void => void declare(showings, 'places where entries are shown', name, shows)

const union = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql` union `)
const directly: Met = (entries) => union([...ways.values()].map((way) => way(entries)))

/** Rows (entry_id, person_id) of all who have met these entries, in themselves or where others show them; whether they still may read them is not asked here. */
export const metBy: Met = (entries) => union([directly(entries), ...[...showings.values()].map((shows) => {
  const others = sql`array(select shown.entry_id from (${shows(entries)}) shown)`
  return sql`select shown.of_id as entry_id, m.person_id from (${shows(entries)}) shown
    join (${directly(others)} union select id as entry_id, author_id as person_id from entries where id = any (${others})) m on m.entry_id = shown.entry_id`
})])

// Who wrote in the thread that it begins, or answered it where it stands.
defineMet('answer', (entries) => sql`select e.id as entry_id, a.author_id as person_id from entries e
  join entries a on a.root_id = coalesce(e.root_id, e.id) and (e.root_id is null or a.parent_id = e.id) and a.state = 'published' where e.id = any (${entries})`)
