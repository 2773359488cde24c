import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { between, inScope, type Scope } from './scope.ts'
import { hasWords, type Words } from './words.ts'

/** True when the scope says where to begin: at the entries of some spaces or people, or at those with files. */
export const hasShortWay = (scope: Scope): boolean => placesOf(scope) !== null || hasFile(scope)

const mostPlaces = 200
const hasFile = ({ has }: Scope) => has.includes('file') || has.includes('image')

function placesOf({ spaces, authors }: Scope) {
  if (spaces && spaces.length <= mostPlaces) return { column: 'space_id', ids: spaces }
  return authors ? { column: 'author_id', ids: authors } : null
}

/**
 * Goes from the newest entry back, in steps that grow, until so many are found. The statements leave nothing to the
 * planner, which walks through a million entries for a rare word, or sorts half of them for a common one, when it
 * guesses badly how many will do: `looked` is a piece of one index in its order, and each row of it is checked by itself.
 */
export async function walk(ctx: Ctx, words: Words, scope: Scope, before: string | null, enough: number): Promise<string[]> {
  const ids: string[] = []
  let below = before
  for (let step = 500; ids.length < enough;) {
    const missing = enough - ids.length
    const { rows: [next] } = await sql<{ last: string | null; looked: number; ids: string[] }>`
      with looked as materialized (${look(words, scope, below, step)})
      select (select id from looked order by id limit 1) as last, (select count(*) from looked) as looked,
        array(select looked.id from looked, lateral (${check(ctx, words, scope)}) e where looked.fits order by looked.id desc limit ${missing}) as ids`.execute(ctx.db)
    ids.push(...next.ids)
    if (next.looked < step) break
    below = next.last
    const expected = 1.3 * step * (enough - ids.length) / Math.max(next.ids.length, 1)
    step = Math.ceil(Math.min(Math.max(step, expected), step * 8, 100_000))
  }
  return ids
}

/** The next entries, the newest first, by the shortest way; `fits` is false for those without the words. */
function look(words: Words, scope: Scope, below: string | null, step: number): RawBuilder<unknown> {
  const range = (id: string) => sql`${between(id, scope)} ${below ? sql`and ${sql.ref(id)} < ${below}` : sql``}`
  const places = placesOf(scope)
  if (places) {
    // visible: `looked` shows nothing but a position to go on from; its entries go through inScope
    const newest = (id: string) => sql`(select e.id, true as fits from entries e where ${sql.ref(`e.${places.column}`)} = ${id}::uuid and ${range('e.id')} order by e.id desc limit ${step})`
    return sql`select id, fits from (${sql.join(places.ids.map(newest), sql` union all `)}) newest order by id desc limit ${step}`
  }
  if (hasFile(scope))
    return sql`select distinct ef.entry_id as id, true as fits from entry_files ef where ${range('ef.entry_id')} order by id desc limit ${step}`
  // visible: as above
  return sql`select s.entry_id as id, ${hasWords(words)} as fits from entry_search s where ${range('s.entry_id')} order by id desc limit ${step}`
}

/** Whether the entry is one that is asked for; `offset 0` keeps the planner from turning the question round. */
const check = (ctx: Ctx, words: Words, scope: Scope) => {
  // visible: joined to what inScope lets pass
  const entry = inScope(ctx, scope).innerJoin('entry_search as s', 's.entry_id', 'entries.id').where(sql<boolean>`entries.id = looked.id`).select('entries.id')
  return sql`${hasShortWay(scope) ? entry.where(hasWords(words)) : entry} offset 0`
}
