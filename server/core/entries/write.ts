import { type RawBuilder, sql } from 'kysely'
import type { Actor, Ctx } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { factOf } from '../../kernel/events.ts'
import { newId, timeOf } from '../../kernel/ids.ts'
import type { enterSpace } from '../spaces/enter.ts'
import { entryPublished } from './events.ts'
import type { Kind } from './kinds.ts'
import { runWriteHooks } from './hooks.ts'
import { findEntry, newEntry, showEntry } from './queries.ts'
import type { EntryView } from './schema.ts'

/** A space with the newest id that is in it: what is written comes above it. */
export type WritableSpace = Pick<Awaited<ReturnType<typeof enterSpace>>, 'id' | 'kind' | 'visibility' | 'newest'>

/** What somebody may write into a space that was entered; whether they may was checked. */
export type Draft = {
  actor: Actor; space: WritableSpace; kind: Kind; title: string; body: string; files: string[]; root: string | null; parent: string | null
  /** what its kind takes beside the words */
  more?: object
}

/** @throws Refusal 422 for a draft of nothing */
export function withContent(draft: Draft): Draft {
  if (!draft.title.trim() && !draft.body.trim() && !draft.files.length) throw invalid('empty', 'Write something, or attach a file.')
  return draft
}

/** Writes entries into spaces that were entered, with their facts, in one statement; the features then look at each. */
export async function writeEntries(shared: Omit<Ctx, 'actor'>, drafts: Draft[]): Promise<EntryView[]> {
  const ids = idsFor(drafts)
  const rows = await insert(shared, drafts, ids)
  const entries: EntryView[] = []
  for (const [i, draft] of drafts.entries()) entries.push(await finish({ ...shared, actor: draft.actor }, draft, rows.get(ids[i])))
  return entries
}

/** Writes one entry, in the actor's own transaction. */
export const writeEntry = async (ctx: Ctx, draft: Omit<Draft, 'actor'>): Promise<EntryView> =>
  (await writeEntries(ctx, [{ ...draft, actor: ctx.actor }]))[0]

// Each above the newest in its space, and so above those that are written there together with it.
function idsFor(drafts: Draft[]): string[] {
  const newest = new Map<string, string | null>()
  return drafts.map(({ space }) => {
    const id = newId(newest.get(space.id) ?? space.newest)
    newest.set(space.id, id)
    return id
  })
}

// What JSON carries is text: half of a pair of surrogates would be refused, and is shown as U+FFFD everywhere else.
const given = (ctx: Omit<Ctx, 'actor'>, drafts: Draft[], ids: string[]) => drafts.map((draft, i) => {
  const { actor, space, kind, root, parent } = draft
  const fact = { kind: kind.name, root }
  const { type, actor_id } = factOf({ ...ctx, actor }, entryPublished, {}, fact)
  return {
    id: ids[i], space_id: space.id, kind: kind.name, root_id: root, parent_id: parent, author_id: actor.id, title: draft.title.toWellFormed(),
    body: draft.body.toWellFormed(), in_feed: kind.inFeed, created_at: new Date(timeOf(ids[i])).toISOString(), type, fact, actor_id,
  }
})

/** All in one statement, whose text is the same for any number of them. */
async function insert(ctx: Omit<Ctx, 'actor'>, drafts: Draft[], ids: string[]): Promise<Map<string, any>> {
  const columns = ['id', 'space_id', 'kind', 'root_id', 'parent_id', 'author_id', 'title', 'body', 'in_feed', 'created_at'] as const
  const rows = sql`json_to_recordset(${JSON.stringify(given(ctx, drafts, ids))}::json) as g(id uuid, space_id uuid, kind text, root_id uuid, parent_id uuid,
    author_id uuid, title text, body text, in_feed boolean, created_at timestamptz, type text, fact jsonb, actor_id uuid)` as RawBuilder<any>
  const written = await ctx.db
    .with('fact', (db) => db.insertInto('events').columns(['type', 'space_id', 'entry_id', 'actor_id', 'data'])
      .expression(sql`select g.type, g.space_id, g.id, g.actor_id, g.fact from ${rows}` as never))
    .insertInto('entries').columns([...columns, 'active_id'])
    .expression(sql`select ${sql.join(columns.map((column) => sql.ref(`g.${column}`)))}, g.id from ${rows}` as never)
    .returning(newEntry()).execute()
  return new Map(written.map((row: any) => [row.id, row]))
}

async function finish(ctx: Ctx, { space, kind, title, body, files, root, more = {} }: Draft, row: any): Promise<EntryView> {
  const entry = { id: row.id, kind: kind.name, root_id: root, space, title, body }
  if (root) await countReply(ctx, root, 1, row.id)
  const hasParts = await runWriteHooks(ctx, { entry, files, isNew: true })
  await kind.begin?.(ctx, entry, more as never)
  return hasParts || kind.facts ? findEntry(ctx, row.id) : showEntry(row)
}

const countReply = (ctx: Ctx, root: string, by: 1 | -1, newest: string) =>
  ctx.db.updateTable('entries').set({ reply_count: sql`reply_count + ${by}`, active_id: sql`greatest(active_id, ${newest}::uuid)` })
    .where('id', '=', root).execute()
