import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { cardsOf } from '../people/queries.ts'
import { MOST_UNREAD } from '../reads/queries.ts'
import { cardOfSpace, othersIn, surroundings } from '../spaces/queries.ts'
import { listedSpaces, mayRead } from '../spaces/visibility.ts'
import { allWaiting } from './kinds.ts'
import type { WaitingItem } from './schema.ts'

type Row = { kind: string; id: string; at: string; sorted: string; space: string | null; people: string[] | null; facts: Record<string, unknown> }

/** All that waits for the actor, of every kind; without what is in spaces that they may not know of any more. */
const waiting = (ctx: Ctx) => sql<Row>`(select * from (${sql.join(allWaiting().map(({ name, rows }) => sql`
    select ${name}::text as kind, k.id, k.at, k.space, k.people, k.facts from (${rows(ctx)}) k`), sql` union all `)}) w
  where w.space is null or exists (${listedSpaces(ctx).where(sql<boolean>`spaces.id = w.space`).select('spaces.id')}))`

/** What waits for the actor and is no entry, the newest first. */
export async function listWaiting(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursors = cursorsOf(ctx, 'waiting')
  const from = cursors.open(before ?? after)
  const { rows } = await sql<Row>`select *, at::text as sorted from ${waiting(ctx)} w
    where ${from ? sql`(at, kind, id) < (${from[0]}::timestamptz, ${from[1]}, ${from[2]})` : sql`true`}
    order by at desc, kind desc, id desc limit ${limit + 1}`.execute(ctx.db)
  const [people, spaces, count] = await Promise.all([peopleOf(ctx, rows), spacesOf(ctx, rows), countWaiting(ctx)])
  const page = toPage(rows, limit, (row) => cursors.seal(row.sorted, row.kind, row.id), ({ kind, id, at, ...row }): WaitingItem => ({
    kind, id, at: new Date(at).toISOString(), facts: row.facts, space: row.space ? spaces.get(row.space)! : null,
    people: (row.people ?? []).flatMap((one) => people.get(one) ?? []),
  }))
  return { ...page, count }
}

/** How much waits, at most MOST_UNREAD. */
async function countWaiting(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${waiting(ctx)} w limit ${MOST_UNREAD}) counted`.execute(ctx.db)
  return rows[0].n
}

const peopleOf = async (ctx: Ctx, rows: Row[]) =>
  new Map((await cardsOf(ctx, [...new Set(rows.flatMap((row) => row.people ?? []))])).map((card) => [card.id, card]))

async function spacesOf(ctx: Ctx, rows: Row[]) {
  const ids = [...new Set(rows.flatMap((row) => row.space ?? []))]
  if (!ids.length) return new Map()
  const around = await surroundings(ctx)
  const found = await listedSpaces(ctx).where('spaces.id', 'in', ids).select(['spaces.id', 'spaces.kind', 'spaces.visibility', 'spaces.name',
    'spaces.member_count', 'spaces.guest_count', othersIn(ctx).as('others'), mayRead(ctx).as('may_read')]).execute()
  return new Map(found.map((row) => [row.id, cardOfSpace(row, around)]))
}
