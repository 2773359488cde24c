import { sql } from 'kysely'
import { findOwnFiles } from '../../core/entries/hooks.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { inReadableSpace } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { cursorsOf, type PageQuery, toPage } from '../../kernel/pages.ts'
import type { DraftState, DraftView } from './schema.ts'

/** The actor's own drafts, of places they may read still. Others' are reached by nobody. */
const visibleDrafts = (ctx: Ctx) => ctx.db.selectFrom('drafts').where('drafts.person_id', '=', ctx.actor.id).where((eb) => eb.or([
  eb('drafts.place', '=', ctx.actor.id),
  eb.and([eb('drafts.root_id', 'is', null), inReadableSpace(ctx, 'drafts')(eb as never)]),
  eb.exists(visibleEntries(ctx).where(sql<boolean>`entries.id = drafts.root_id`).select('entries.id')),
])).select((eb) => ['place', 'version', 'root_id as root', 'kind', 'title', 'body', 'files', 'saved_at',
  eb.case().when(inReadableSpace(ctx, 'drafts')(eb as never)).then(eb.ref('space_id')).end().as('space')])

/** What I have begun and not sent, the newest first. */
export async function listDrafts(ctx: Ctx, { limit, before }: PageQuery) {
  const cursors = cursorsOf(ctx, 'drafts')
  const from = cursors.open(before)
  let query = visibleDrafts(ctx).where('beside', '=', false).orderBy('saved_at', 'desc').orderBy('place').limit(limit + 1)
  if (from) query = query.where((eb) => eb.or([eb('saved_at', '<', from[0]), eb.and([eb('saved_at', '=', from[0]), eb('place', '>', from[1])])]))
  const rows = await query.execute()
  const shown = new Map((await show(ctx, rows.slice(0, limit))).map((draft) => [draft.place, draft]))
  return toPage(rows, limit, (row) => cursors.seal(row.saved_at, row.place), (row) => shown.get(row.place)!)
}

/** @throws Refusal 404 */
export async function findDraft(ctx: Ctx, place: string): Promise<DraftView> {
  const row = await visibleDrafts(ctx).where('beside', '=', false).where('place', '=', place).executeTakeFirstOrThrow(notFound)
  return (await show(ctx, [row]))[0]
}

/** The same without a word of it. @throws Refusal 404 */
export async function findState(ctx: Ctx, place: string): Promise<DraftState> {
  const { version, beside } = await findDraft(ctx, place)
  return { place, version, beside: beside.length }
}

type Row = Awaited<ReturnType<ReturnType<typeof visibleDrafts>['execute']>>[number]

/** With what is kept beside them, and their files as far as they are there still and nothing else shows them. */
async function show(ctx: Ctx, rows: Row[]): Promise<DraftView[]> {
  if (!rows.length) return []
  const beside = await visibleDrafts(ctx).where('beside', '=', true).where('place', 'in', rows.map((row) => row.place)).orderBy('version', 'desc').execute()
  const own = await findOwnFiles(ctx, [...rows, ...beside].flatMap((row) => row.files))
  const files = new Map(own.flatMap(({ file, is_free }) => (is_free ? [[file.id, file] as const] : [])))
  const words = ({ title, body, saved_at, files: ids }: Row) => ({ title, body, saved_at, files: ids.flatMap((id) => files.get(id) ?? []) })
  return rows.map((row) => ({
    ...words(row), place: row.place, version: row.version, space: row.space, root: row.root, kind: row.kind,
    beside: beside.filter(({ place }) => place === row.place).map(words),
  }))
}
