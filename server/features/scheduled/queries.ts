import { sql } from 'kysely'
import { findOwnFiles } from '../../core/entries/hooks.ts'
import { entriesById } from '../../core/entries/queries.ts'
import { cardsOfSpaces } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import { excerpt } from '../../kernel/text.ts'
import type { ScheduledView } from './schema.ts'

type Narrowed = { where: (column: any, is: '=', value: any) => any }
/** One that the actor scheduled themselves: nobody else reaches it. */
export const mine = <Q extends Narrowed>(ctx: Ctx, query: Q, id: string): Q => query.where('person_id', '=', ctx.actor.id).where('id', '=', id)

const own = (ctx: Ctx) => ctx.db.selectFrom('scheduled').where('person_id', '=', ctx.actor.id)
  .select(['id', 'space_id', 'root_id', 'words', 'files', 'refused', 'send_at', sql<string>`send_at::text`.as('sorted')])

/** What I scheduled, the next first. */
export async function listScheduled(ctx: Ctx, { limit, before, after }: PageQuery) {
  const cursors = cursorsOf(ctx, 'scheduled')
  const from = cursors.open(before ?? after)
  let query = own(ctx).orderBy('send_at').orderBy('id').limit(limit + 1)
  if (from) query = query.where(sql<boolean>`(send_at, id) > (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const rows = await query.execute()
  const shown = new Map((await show(ctx, rows.slice(0, limit))).map((one) => [one.id, one]))
  return toPage(rows, limit, (row) => cursors.seal(row.sorted, row.id), ({ id }) => shown.get(id)!)
}

/** @throws Refusal 404 */
export async function findScheduled(ctx: Ctx, id: string): Promise<ScheduledView> {
  const row = await own(ctx).where('id', '=', id).executeTakeFirstOrThrow(notFound)
  return (await show(ctx, [row]))[0]
}

type Row = Awaited<ReturnType<ReturnType<typeof own>['execute']>>[number]
type Words = { kind?: string; title: string; body: string; files: string[] }

async function show(ctx: Ctx, rows: Row[]): Promise<ScheduledView[]> {
  const [cards, heads, files] = await Promise.all([
    cardsOfSpaces(ctx, rows.map((row) => row.space_id)), entriesById(ctx, rows.flatMap((row) => row.root_id ?? [])), findOwnFiles(ctx, rows.flatMap((row) => row.files)),
  ])
  const byId = new Map(files.flatMap(({ file, is_free }) => (is_free ? [[file.id, file] as const] : [])))
  return rows.map(({ id, space_id, root_id, words, files: ids, refused, send_at }) => {
    const { kind, title, body, files: _, ...facts } = words as unknown as Words
    const head = root_id ? heads.get(root_id) : undefined
    return {
      id, kind: kind ?? null, title, body, facts, send_at: new Date(send_at).toISOString(), files: ids.flatMap((one) => byId.get(one) ?? []),
      space_card: cards.get(space_id) ?? null, thread: head ? { id: head.id, words: head.title || excerpt(head.body, 90) } : null, refused: refused as never,
    }
  })
}
