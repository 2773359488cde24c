import { sql } from 'kysely'
import { entryEdited, entryPublished } from '../../core/entries/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { defineEffect } from '../../kernel/effects.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { read } from '../../kernel/reading.ts'
import { linksPreviewed } from './events.ts'
import { fetchPreview, isDue } from './fetch.ts'
import { MOST_LINKS } from './policy.ts'

type Entry = { id: string; space_id: string; body: string; had: number }

/** Notes where the links of an entry lead, when it is there, and has what is not known yet looked up. */
export const previewLinks = defineEffect('preview-links', [entryPublished, entryEdited], { from: 'now' }, async (ctx, events) => {
  const ids = [...new Set(events.flatMap((event) => event.entry_id ?? []))]
  if (!ids.length) return
  // visible: an entry's own links; whoever reads it is shown what they lead to, and nobody else
  const entries: Entry[] = await ctx.db.selectFrom('entries').where('entries.id', 'in', ids).where('state', '=', 'published').where(sql<boolean>`(select link_previews from network)`)
    .where(sql<boolean>`not exists (select from spaces_without_previews w where w.space_id = entries.space_id)`)
    .select(['entries.id', 'space_id', 'body', sql<number>`(select count(*)::int from entry_links l where l.entry_id = entries.id)`.as('had')])
    .where(sql<boolean>`(body ~* 'https?:|www[.]' or exists (select from entry_links l where l.entry_id = entries.id))`).orderBy('entries.id').execute()
  for (const entry of entries) await noteLinks(ctx, entry)
})

async function noteLinks(ctx: Ctx, { id, space_id, body, had }: Entry): Promise<void> {
  const urls = (await read('findAddresses', body)).flatMap((address) => foreign(ctx, address)).slice(0, MOST_LINKS)
  const previews = await meet(ctx, space_id, [...new Set(urls)])
  const gone = await ctx.db.deleteFrom('entry_links').where('entry_id', '=', id).$if(previews.length > 0, (q) => q.where('preview_id', 'not in', previews.map((one) => one.id))).execute()
  if (previews.length) await ctx.db.insertInto('entry_links').values(previews.map((one, position) => ({ entry_id: id, preview_id: one.id, position })))
    .onConflict((c) => c.columns(['entry_id', 'preview_id']).doUpdateSet((eb) => ({ position: eb.ref('excluded.position') }))).execute()
  for (const one of previews) if (one.due) await enqueue(ctx.db, fetchPreview, { preview: one.id }, { key: `link-preview-${one.id}` })
  const isOther = Number(gone[0].numDeletedRows) > 0 || (had < previews.length && previews.some((one) => one.known))
  if (isOther) await emit(ctx, linksPreviewed, { space_id, entry_id: id }, {})
}

/** An address of elsewhere as it is fetched; nothing for our own pages, whose readers differ. */
function foreign(ctx: Ctx, address: string): string[] {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.origin === new URL(ctx.host.config.url).origin) return []
  url.hash = ''
  return url.href.length <= 2000 ? [url.href] : []
}

/** The previews of addresses in a space, in their order; one that nobody there has led to yet begins here. */
async function meet(ctx: Ctx, space_id: string, urls: string[]): Promise<{ id: string; due: boolean; known: boolean }[]> {
  if (!urls.length) return []
  for (const url of urls.toSorted()) await ctx.db.insertInto('link_previews').values({ id: newId(), space_id, url, ...NOTHING }).onConflict((c) => c.doNothing()).execute()
  const rows = await ctx.db.selectFrom('link_previews').where('space_id', '=', space_id).where(sql<boolean>`sha256(replace(url, '\\', '\\\\')::bytea) in (select sha256(replace(u, '\\', '\\\\')::bytea) from unnest(${urls}::text[]) u)`)
    .select(['id', 'url', isDue.as('due'), sql<boolean>`title is not null`.as('known')]).execute()
  return urls.flatMap((url) => rows.find((row) => row.url === url) ?? [])
}

const NOTHING = { title: null, picture_id: null, picture: null, width: null, height: null, found_at: null, tried_at: null }
