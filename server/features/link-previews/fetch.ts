import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { type Ctx, type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { emitEach } from '../../kernel/events.ts'
import { fetchForeign, NotFetched } from '../../kernel/fetcher.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { inTurn, measurePicture, openPicture, PICTURES } from '../../kernel/pictures.ts'
import { linksPreviewed } from './events.ts'
import { type Head, readHead } from './head.ts'

const PAGE = { types: ['text/html', 'application/xhtml+xml'], mostBytes: 1 << 20, ifMore: 'cut' } as const
const PICTURE = { types: PICTURES, mostBytes: 5 << 20, ifMore: 'refuse' } as const
const SIDE = 320
const SMALLEST = 48

type Picture = { picture_id: string; picture: Buffer; width: number; height: number }

/** Due again: what was found a week ago, and what did not answer an hour ago. */
export const isDue = sql<boolean>`(link_previews.tried_at is null or (link_previews.tried_at < now() - interval '1 hour'
  and (link_previews.found_at is null or link_previews.found_at < now() - interval '1 week')))`

/** Looks up what an address has to show, for all entries that lead there. What does not answer is left alone for an hour. */
export const fetchPreview = defineJob<{ preview: string }>('fetch-link-preview', async (host, { preview }, signal) => {
  const row = await host.db.selectFrom('link_previews').select('url').where('id', '=', preview).where(isDue)
    .where(sql<boolean>`(select link_previews from network) and exists (select from entry_links l where l.preview_id = link_previews.id)`).executeTakeFirst()
  if (!row) return
  const head = await lookUp(host, row.url, signal)
  signal?.throwIfAborted()
  const picture = head?.picture ? await fetchPicture(host, head.picture, signal) : null
  signal?.throwIfAborted()
  await inTransaction(host, SYSTEM, (ctx) => keep(ctx, preview, head, picture))
}, { queue: 'remote' })

const lookUp = ({ config }: Host, url: string, signal?: AbortSignal): Promise<Head | null> =>
  fetchForeign(config, url, { ...PAGE, signal }).then(readHead, ignoreNotFetched)

async function fetchPicture({ config }: Host, url: string, signal?: AbortSignal): Promise<Picture | null> {
  const found = await fetchForeign(config, url, { ...PICTURE, signal }).catch(ignoreNotFetched)
  return found && inTurn(() => encode(found.body)).catch(() => null)
}

function ignoreNotFetched(error: unknown): null {
  if (error instanceof NotFetched) return null
  throw error
}

/** The pixels of a picture and nothing else of it, small. Null for what shows nothing. */
async function encode(file: Buffer): Promise<Picture | null> {
  const facts = await measurePicture(file)
  if (!facts || Math.min(facts.width, facts.height) < SMALLEST) return null
  const { data, info } = await (await openPicture(file)).autoOrient().resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 }).toBuffer({ resolveWithObject: true })
  return { picture_id: randomUUID(), picture: data, width: info.width, height: info.height }
}

// What was found before stays when its place does not answer today.
async function keep(ctx: Ctx, id: string, head: Head | null, picture: Picture | null): Promise<void> {
  const now = sql<string>`now()`
  const none = { picture_id: null, picture: null, width: null, height: null }
  const found = head && { title: head.title, description: head.description, site: head.site, found_at: now, ...(picture ?? none) }
  await ctx.db.updateTable('link_previews').set({ tried_at: now, ...found }).where('id', '=', id).execute()
  if (head) await tellReaders(ctx, id)
}

async function tellReaders(ctx: Ctx, preview: string): Promise<void> {
  // visible: who reads an entry hears that there is something new below it, by live's own look
  const entries = await ctx.db.selectFrom('entry_links').innerJoin('entries', 'entries.id', 'entry_links.entry_id').where('preview_id', '=', preview)
    .where('hidden', '=', false).where('state', '=', 'published').select(['entries.id', 'entries.space_id']).orderBy('entries.id', 'desc').limit(200).execute()
  await emitEach(ctx, linksPreviewed, entries.map(({ id, space_id }) => ({ about: { space_id, entry_id: id }, data: {} })))
}
