import { enterEntry } from '../../core/entries/commands.ts'
import type { Forget } from '../../core/entries/forget.ts'
import type { WriteHook } from '../../core/entries/hooks.ts'
import { canEdit } from '../../core/entries/policy.ts'
import { findEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { lockSpace } from '../../core/spaces/enter.ts'
import { canManageSpace } from '../../core/spaces/policy.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { allow, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { rowsOf } from '../../kernel/rows.ts'
import { linksPreviewed } from './events.ts'
import { spacePreviews } from './queries.ts'

/** Takes the preview of a link away from below the actor's own entry, or brings it back. @throws Refusal 404, 403 */
export async function hidePreview(ctx: Ctx, entryId: string, preview: string, hidden: boolean): Promise<EntryView> {
  const entry = await enterEntry(ctx, entryId)
  allow(canEdit(ctx.actor, entry), 'Only its author can change this.', 'authors_only')
  const space = await findReadableSpace(ctx, entry.space)
  allow(space.my.may_post || space.kind !== 'community', 'You cannot write in this space any more.')
  const row = await ctx.db.updateTable('entry_links as l').from('entry_links as before').whereRef('before.entry_id', '=', 'l.entry_id').whereRef('before.preview_id', '=', 'l.preview_id')
    .where('l.entry_id', '=', entryId).where('l.preview_id', '=', preview).set({ hidden }).returning('before.hidden as was').executeTakeFirst()
  if (!row) throw notFound()
  if (row.was !== hidden) await emit(ctx, linksPreviewed, { space_id: entry.space, entry_id: entryId }, {})
  return findEntry(ctx, entryId)
}

/** Says whether links of a space are looked up; what is known already stays. For hosts. */
export async function setSpacePreviews(ctx: Ctx, spaceId: string, on: boolean) {
  await findReadableSpace(ctx, spaceId)
  await lockSpace(ctx, spaceId)
  const space = await findReadableSpace(ctx, spaceId)
  allow(canManageSpace(ctx.actor, space, space.my), 'Only the hosts of this space may do this.', 'hosts_only')
  if (on) await ctx.db.deleteFrom('spaces_without_previews').where('space_id', '=', spaceId).execute()
  else await ctx.db.insertInto('spaces_without_previews').values({ space_id: spaceId }).onConflict((c) => c.doNothing()).execute()
  return spacePreviews(ctx, spaceId)
}

// Wherever it leads by its host: an id that is here is of one entry alone.
const LEADS_TO = /(?:\/e\/|[?&]thread=)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gi
const MOST_QUOTES = 20

/** Notes which other entries the links of an entry lead to, so that those who met one here can be told of it; nobody is shown that. */
export const noteQuotes: WriteHook = async (ctx, written) => {
  const again = written.filter(({ isNew }) => !isNew).map(({ entry }) => entry.id)
  if (again.length) await ctx.db.deleteFrom('entry_quotes').where('entry_id', 'in', again).execute()
  const rows = written.flatMap(({ entry: { id, body } }) => [...new Set(Array.from(body.matchAll(LEADS_TO), ([, of]) => of.toLowerCase()))]
    .filter((of) => of !== id).slice(0, MOST_QUOTES).map((of_id) => ({ entry_id: id, of_id })))
  if (rows.length) await sql`insert into entry_quotes (entry_id, of_id) select r.entry_id, r.of_id from ${rowsOf(rows, 'entry_id uuid, of_id uuid')}
    -- not content: whether it is there
    join entries e on e.id = r.of_id`.execute(ctx.db)
  return []
}

/** An address is a word of its author: it goes with the last entry that names it. */
export const forgetLinks: Forget = async (ctx, entries) => {
  await ctx.db.deleteFrom('entry_quotes').where('entry_id', 'in', entries).execute()
  const gone = await ctx.db.deleteFrom('entry_links').where('entry_id', 'in', entries).returning('preview_id').execute()
  const previews = [...new Set(gone.map((row) => row.preview_id))]
  if (previews.length) await ctx.db.deleteFrom('link_previews').where('id', 'in', previews)
    .where(sql<boolean>`not exists (select from entry_links l where l.preview_id = link_previews.id)`).execute()
}
