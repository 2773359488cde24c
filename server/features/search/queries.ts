import { readEntries, showEntry } from '../../core/entries/queries.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { cardOfSpace, othersIn, surroundings } from '../../core/spaces/queries.ts'
import type { SpaceCard } from '../../core/spaces/schema.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { toPage, uuidCursor } from '../../kernel/pages.ts'
import { excerptOf, marksIn } from './excerpt.ts'
import { isEmpty, parseQuery } from './grammar.ts'
import { findHits } from './hits.ts'
import { mend, rewrite } from './mend.ts'
import { findNamed } from './named.ts'
import type { Hit } from './schema.ts'
import { resolveScope } from './scope.ts'

/**
 * Searches what the actor may read, the newest first.
 * @param q words, "phrases" and modifiers: see parseQuery
 */
export async function search(ctx: Ctx, { q, before, limit }: { q: string; before?: string; limit: number }) {
  const cursor = uuidCursor(before) ?? null
  const asked = parseQuery(q)
  const named = await findNamed(ctx, asked)
  const scope = isEmpty(asked) ? null : await resolveScope(ctx, asked, named)
  const found = scope ? await findHits(ctx, asked, scope, cursor, limit) : { ids: [], total: 0 }
  const mended = scope && !found.total && !cursor ? await mend(ctx, asked, scope, limit) : null
  const [query, { ids, total }] = mended ? [mended.query, mended.hits] : [asked, found]
  const items = await showHits(ctx, ids.slice(0, limit), query.terms)
  return {
    ...toPage(ids, limit, (id) => id, (id) => id), items, total, named: named.map(({ ids: meant, ...rest }) => ({ ...rest, count: meant.length })),
    unknown: total ? asked.unknown : [...asked.unknown, ...asked.terms.filter(isLikeModifier)], instead: mended && rewrite(q, mended.words),
  }
}

const isLikeModifier = (term: string) => /^[a-z]{2,10}:(?!\/\/)\S/.test(term)

async function showHits(ctx: Ctx, ids: string[], terms: string[]): Promise<Hit[]> {
  if (!ids.length) return []
  // visible: joined to what visibleEntries lets pass
  const query = visibleEntries(ctx).where('entries.state', '=', 'published').innerJoin('entry_search as s', 's.entry_id', 'entries.id')
    .where('entries.id', 'in', ids).select('s.plain').orderBy('entries.id', 'desc')
  const rows: any[] = await readEntries(ctx, query as any)
  const spaces = await cardsOfSpaces(ctx, rows.map((row) => row.space))
  return rows.filter((row) => spaces.has(row.space)).map(({ plain, ...row }) => ({
    ...showEntry(row), space_card: spaces.get(row.space)!,
    excerpt: { ...excerptOf(plain ?? row.body, terms), title_marks: marksIn(row.title, terms) },
  }))
}

async function cardsOfSpaces(ctx: Ctx, ids: string[]): Promise<Map<string, SpaceCard>> {
  const around = await surroundings(ctx)
  const rows = await visibleSpaces(ctx).where('spaces.id', 'in', [...new Set(ids)])
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name', 'spaces.member_count', 'spaces.guest_count', othersIn(ctx).as('others')]).execute()
  return new Map(rows.map((row) => [row.id, cardOfSpace(row, around)]))
}
