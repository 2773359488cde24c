import { sql } from 'kysely'
import { pageOfEntries } from '../../core/entries/reading.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { cursorsOf, type PageQuery } from '../../kernel/pages.ts'

const pinsIn = (ctx: Ctx, space: string) => visibleEntries(ctx).where('entries.state', '=', 'published')
  .innerJoin('pins', 'pins.entry_id', 'entries.id').where('pins.space_id', '=', space)

/** How much is pinned in a space; what was removed is not. */
export async function countPins(ctx: Ctx, space: string): Promise<number> {
  const { n } = await pinsIn(ctx, space).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(n)
}

/** What is pinned in a space, the newest first. @throws Refusal 404 */
export async function listPins(ctx: Ctx, space: string, { limit, before, after }: PageQuery) {
  await findReadableSpace(ctx, space)
  const cursors = cursorsOf(ctx, `pins ${space}`)
  const from = cursors.open(before ?? after)
  let query = pinsIn(ctx, space).orderBy('pins.at', 'desc').orderBy('pins.entry_id', 'desc').limit(limit + 1)
  if (from) query = query.where(sql<boolean>`(pins.at, pins.entry_id) < (${from[0]}::timestamptz, ${from[1]}::uuid)`)
  const place = sql<string>`json_build_array(pins.at::text, pins.entry_id)::text`
  const page = await pageOfEntries(ctx, query as never, limit, { key: place }, (entry) => entry)
  return { ...page, next: page.next && cursors.seal(...(JSON.parse(page.next) as [string, string])) }
}
