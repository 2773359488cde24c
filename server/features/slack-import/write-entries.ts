import { sql } from 'kysely'
import { findKind } from '../../core/entries/kinds.ts'
import { lockSpace } from '../../core/spaces/enter.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emitHistory } from '../../kernel/events.ts'
import { ZERO_ID } from '../../kernel/ids.ts'
import { historyOf, rewriteOf } from './history.ts'
import { type SlackMessage, millis } from './model.ts'
import { rowsOf } from './rows.ts'
import type { Written } from './schema.ts'
import { authorOf, standIn } from './stand-ins.ts'
import type { Known, Place, Target } from './target.ts'
import { insertParts, removeParts } from './write-parts.ts'
import { isOurs, type People } from './write-people.ts'
import { reactionsOf, reconcileReactions } from './write-reactions.ts'

// In place of a digest: the entry only keeps the place of a message that the archive did not hold.
const placeholder = 'placeholder'

type Result = Pick<Written, 'added' | 'changed' | 'unchanged' | 'reactions' | 'files'>

/**
 * Writes messages of one channel as entries, a few hundred at a time, in the transaction of `ctx`. What is here already
 * and the same in Slack costs one look; what was edited there since then is edited here, unless it was edited here too.
 */
export async function writeEntries(ctx: Ctx, target: Target, given: SlackMessage[]): Promise<Result> {
  const { place, people, importId, tally } = target
  await lockSpace(ctx, place.id)
  const messages = [...new Map(given.map((message) => [message.id, fitting(message, place)])).values()]
  const known = await findKnown(ctx, messages)
  const fresh = messages.filter(({ id }) => !known.has(id))
  const changed = messages.filter(({ id, digest }) => known.has(id) && known.get(id)!.digest !== digest)
  // A message is whose it was: another author is another's words under a name. What stands for one that was deleted is nobody's.
  const isTheirs = ({ id, author, removed }: SlackMessage) => !known.get(id)!.is_ours && (removed || known.get(id)!.author === people.get(author)?.id)
  const writable = changed.filter((message) => isEmpty(known.get(message.id)!) || (isOlder(known.get(message.id)!) && isTheirs(message)))
  const kept = changed.filter((message) => !isEmpty(known.get(message.id)!) && isOlder(known.get(message.id)!) && !isTheirs(message)).length
  if (kept) tally.lose('kept_words', '', kept)
  const written = [...fresh, ...writable]
  await standIn(ctx, people, written.map((message) => message.author), importId)
  const roots = await findRoots(ctx, target, fresh)
  await insertEntries(ctx, target, fresh, roots)
  await rewriteEntries(ctx, target, writable, known)
  await recount(ctx, written.flatMap(({ root }) => (root ? (roots.get(root.id) ?? root.id) : [])))
  await insertParts(ctx, written, people)
  const reactions = await reconcileReactions(ctx, target, messages, known)
  await remember(ctx, [...fresh, ...changed], people)
  await emitHistory(ctx, [
    ...fresh.flatMap((message) => historyOf(message, place, people)),
    ...writable.map((message) => rewriteOf(message, place, people, known.get(message.id)!.digest === placeholder)),
  ])
  const unchanged = messages.length - written.length
  const files = fresh.reduce((sum, message) => sum + message.files.length, 0)
  return { added: fresh.length, changed: writable.length, unchanged, reactions, files }
}

// A conversation that could not become a sealed one is a space, where lines that begin a thread are updates.
const fitting = (message: SlackMessage, place: Place): SlackMessage =>
  place.kind === 'community' && message.kind === 'message' && !message.root ? { ...message, kind: 'update' } : message

// What was changed here stays as it is; the words of somebody who takes part are theirs to change, and those that wait for an
// answer stay as they were asked about.
const isOlder = ({ state, edited_here }: Known) => state === 'published' && !edited_here
const isEmpty = ({ digest }: Known) => digest === placeholder

async function findKnown(ctx: Ctx, messages: SlackMessage[]): Promise<Map<string, Known>> {
  const ids = messages.map((message) => message.id)
  // not content: what was imported before, and whether it was changed here since then
  const query = sql<Known & { id: string }>`select e.id, e.author_id as author, e.state, s.digest, s.reactions,
      coalesce(e.edited_at > s.imported_at, false) as edited_here, ${isOurs} as is_ours
    from slack_entries s join entries e on e.id = s.entry_id join people on people.id = e.author_id -- not content: as above
    where s.entry_id = any (${ids}::uuid[])`
  const { rows } = await query.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The heads of the threads that are answered: those that are here, and empty places for those that are not. */
async function findRoots(ctx: Ctx, target: Target, fresh: SlackMessage[]): Promise<Map<string, string>> {
  const { place, people, importId } = target
  const coming = new Map(fresh.map((message) => [message.id, message]))
  const wanted = new Map(fresh.flatMap(({ root }) => (root ? [[root.id, root] as const] : [])))
  // not content: which entries are the heads of threads
  const { rows } = await sql<{ id: string; root: string }>`select id, coalesce(root_id, id) as root from entries
    where id = any (${[...wanted.keys()]}::uuid[]) and space_id = ${place.id}`.execute(ctx.db)
  const roots = new Map(rows.map((row) => [row.id, row.root]))
  const missing: SlackMessage[] = []
  for (const [id, root] of wanted) {
    if (roots.has(id)) continue
    // An answer to an answer belongs to the thread of that.
    if (coming.has(id)) roots.set(id, coming.get(id)!.root?.id ?? id)
    else missing.push(emptyPlace(root, place))
  }
  await standIn(ctx, people, missing.map((message) => message.author), importId)
  await insertEntries(ctx, target, missing, roots)
  await remember(ctx, missing, people)
  for (const { id } of missing) roots.set(id, id)
  return roots
}

function emptyPlace({ id, ts, author }: NonNullable<SlackMessage['root']>, place: Place): SlackMessage {
  return {
    id,
    ts,
    at: new Date(Math.floor(millis(ts))).toISOString(),
    kind: place.kind === 'direct' ? 'message' : 'update',
    notice: null,
    author: author ?? 'USLACKBOT',
    root: null,
    body: '',
    removed: true,
    edited_at: null,
    mentions: [],
    reactions: [],
    files: [],
    digest: placeholder,
  }
}

const columns = `id uuid, kind text, root_id uuid, author_id uuid, body text, state text, in_feed boolean,
  created_at timestamptz, edited_at timestamptz, import_id uuid`

const rowOf = (message: SlackMessage, root_id: string | null, { people, importId: import_id }: Target) => ({
  id: message.id,
  kind: message.kind,
  root_id,
  author_id: authorOf(people, message.author),
  body: message.body,
  state: message.removed ? 'removed' : 'published',
  in_feed: findKind(message.kind)!.inFeed,
  created_at: message.at,
  edited_at: message.edited_at,
  import_id,
})

type Roots = Map<string, string>

async function insertEntries(ctx: Ctx, target: Target, fresh: SlackMessage[], roots: Roots) {
  if (!fresh.length) return
  const rows = fresh.map((message) => rowOf(message, message.root ? roots.get(message.root.id)! : null, target))
  await sql`
    insert into entries (id, space_id, kind, root_id, parent_id, author_id, body, state, in_feed, created_at, edited_at,
      import_id, active_id)
    select id, ${target.place.id}, kind, root_id, root_id, author_id, body, state, in_feed, created_at, edited_at, import_id, id
    from ${rowsOf(rows, columns)}`.execute(ctx.db)
}

/** Gives entries the words they have in Slack now. The words they had stay in their history. */
async function rewriteEntries(ctx: Ctx, target: Target, changed: SlackMessage[], known: Map<string, Known>) {
  if (!changed.length) return
  const rows = changed.map((message) => rowOf(message, null, target))
  const hadWords = rows.filter((row) => row.state === 'published' && known.get(row.id)!.digest !== placeholder)
  await sql`
    insert into entry_versions (entry_id, version, title, body, editor_id, created_at)
    select e.id, 1 + coalesce(
        (select max(version) from entry_versions v where v.entry_id = e.id), 0), -- not content: a number
      e.title, e.body, e.author_id, coalesce(e.edited_at, e.created_at)
    from entries e join ${rowsOf(hadWords, columns)} on r.id = e.id -- not content: it stays with its entry
    where e.body <> r.body`.execute(ctx.db)
  await removeParts(ctx, changed)
  await sql`
    update entries e set kind = r.kind, in_feed = r.in_feed, author_id = r.author_id, body = r.body, state = r.state,
      edited_at = r.edited_at, import_id = r.import_id
    from ${rowsOf(rows, columns)} where e.id = r.id`.execute(ctx.db)
  // What was removed there is forgotten here a day later, and nobody here brings it back.
  const removed = rows.filter((row) => row.state === 'removed')
  if (removed.length)
    await ctx.db.insertInto('removals').values(removed.map(({ id }) => ({ entry_id: id, removed_by: ZERO_ID })))
      .onConflict((c) => c.doNothing()).execute()
}

/** Sets the counters of threads from what is there. */
async function recount(ctx: Ctx, roots: string[]): Promise<void> {
  if (!roots.length) return
  await sql`
    update entries h set reply_count = t.n, active_id = t.newest
    from (
      select root.id, count(e.id)::int as n, coalesce(max(e.id::text)::uuid, root.id) as newest
      from unnest(${[...new Set(roots)]}::uuid[]) root(id)
      left join entries e on e.root_id = root.id and e.state = 'published' -- not content: counts
      group by root.id) t
    where h.id = t.id and (h.reply_count, h.active_id) is distinct from (t.n, t.newest)`.execute(ctx.db)
}

async function remember(ctx: Ctx, messages: SlackMessage[], people: People): Promise<void> {
  if (!messages.length) return
  const rows = messages.map((message) => ({
    id: message.id,
    digest: message.digest,
    reactions: message.reactions.length ? reactionsOf(message, people) : null,
  }))
  await sql`
    insert into slack_entries (entry_id, digest, reactions)
    select id, digest, reactions from ${rowsOf(rows, 'id uuid, digest text, reactions jsonb')}
    on conflict (entry_id) do update
    set digest = excluded.digest, reactions = excluded.reactions, imported_at = now()`.execute(ctx.db)
}
