import { type SelectQueryBuilder, sql } from 'kysely'
import { isSpoken } from '../../core/entries/kinds.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { cardsOf } from '../../core/people/queries.ts'
import { isInPicture } from '../../core/ties/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { excerpt } from '../../kernel/text.ts'
import { isEmpty, parseQuery } from './grammar.ts'
import { findHits } from './hits.ts'
import { findNamed } from './named.ts'
import type { Expert } from './schema.ts'
import { resolveScope } from './scope.ts'

// Of so many newest hits; whoever answered earlier only may have forgotten.
const HITS = 300
const PEOPLE = 4
const ANSWERS = 2
const LENGTH = 140

type Row = { id: string; threads: number; answers: string[] }

/**
 * Whom one could ask: who answered others in conversations about these words, by how many conversations and what others
 * thought of the answers; not by title. Only from what the actor may read, and not those who left the picture.
 * @param q as for search
 */
export async function findExperts(ctx: Ctx, q: string): Promise<{ items: Expert[]; next: null }> {
  const query = parseQuery(q)
  const scope = isEmpty(query) || !query.terms.length ? null : await resolveScope(ctx, query, await findNamed(ctx, query))
  const { ids } = scope ? await findHits(ctx, query, scope, null, HITS) : { ids: [] }
  if (!ids.length) return { items: [], next: null }
  const rows = await bestAnswers(ctx, ids)
  const cards = new Map((await cardsOf(ctx, rows.map((row) => row.id))).map((card) => [card.id, card]))
  const shown = rows.filter((row) => cards.has(row.id))
  const answers = new Map((await answersOf(ctx, shown.flatMap((row) => row.answers))).map((answer) => [answer.id, answer]))
  const items = shown.map((row) => ({ person: cards.get(row.id)!, count: row.threads, answers: row.answers.flatMap((id) => answers.get(id) ?? []) }))
  return { items, next: null }
}

/** An answer that has the words itself counts twice one that stands in a conversation about them. */
async function bestAnswers(ctx: Ctx, hits: string[]): Promise<Row[]> {
  const shown = visibleEntries(ctx).where('entries.state', '=', 'published').where(isSpoken('entries'))
  const replies = (shown as SelectQueryBuilder<any, any, any>)
    .innerJoin('threads', 'threads.id', 'entries.root_id')
    // visible: the head of the thread of a visible entry, which stands in the same space
    .innerJoin('entries as head', 'head.id', 'threads.id').whereRef('head.author_id', '<>', 'entries.author_id')
    .where('entries.author_id', '<>', ctx.actor.id).where(isInPicture('entries.author_id'))
    .select(['entries.id', 'entries.author_id', 'threads.id as thread', sql<boolean>`entries.id = any(${hits}::uuid[])`.as('is_hit'),
      sql<number>`(select count(*) from reactions r where r.entry_id = entries.id and r.person_id <> entries.author_id and ${isInPicture('r.person_id')})`.as('liked')])
  const { rows } = await sql<Row>`
    with threads as materialized (
      -- visible: found among what the actor may read
      select distinct coalesce(root_id, id) as id from entries where id = any(${hits}::uuid[])),
    answers as materialized (${replies}),
    best as (select distinct on (author_id, thread) *, (case when is_hit then 2 else 1 end) * (1 + ln(1 + liked)) as worth
      from answers order by author_id, thread, worth desc, id)
    select author_id as id, count(*)::int as threads, (array_agg(id order by worth desc, id desc))[1:${sql.lit(ANSWERS)}] as answers
    from best group by 1 order by sum(worth) desc, max(id::text) desc limit ${PEOPLE}`.execute(ctx.db)
  return rows
}

async function answersOf(ctx: Ctx, ids: string[]) {
  if (!ids.length) return []
  const rows = await visibleEntries(ctx).where('entries.id', 'in', ids).select(['entries.id', 'entries.created_at', sql<string>`left(entries.body, 1000)`.as('body')]).execute()
  return rows.map(({ id, created_at, body }) => ({ id, created_at, text: excerpt(body, LENGTH) }))
}
