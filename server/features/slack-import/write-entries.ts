import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { entryEdited, entryPublished, entryRemoved } from '../../core/entries/events.ts'
import { findKind } from '../../core/entries/kinds.ts'
import type { Ctx } from '../../kernel/context.ts'
import { emitHistory, type PastEvent } from '../../kernel/events.ts'
import { idAt } from '../../kernel/ids.ts'
import { findTopics } from '../../kernel/text.ts'
import { reactionAdded } from '../reactions/events.ts'
import { type SlackMessage, millis } from './model.ts'
import type { Written } from './schema.ts'
import { type People, rowsOf } from './write-people.ts'
import type { Place } from './write-spaces.ts'

type Known = { digest: string; reactions: Record<string, string[]> | null; state: 'published' | 'removed'; kind: string; edited_here: boolean }

// In place of a digest: the entry only keeps the place of a message that the archive did not hold.
const placeholder = 'placeholder'

/**
 * Writes messages of one channel as entries, a few hundred at a time, in the transaction of `ctx`. What is here already
 * and the same in Slack costs one look; what was edited there since then is edited here, unless it was edited here too.
 */
export async function writeEntries(ctx: Ctx, place: Place, given: SlackMessage[], people: People): Promise<Omit<Written, 'people' | 'spaces' | 'memberships'>> {
  const messages = [...new Map(given.map((message) => [message.id, fitting(message, place)])).values()]
  const known = await findKnown(ctx, messages.map((message) => message.id))
  const fresh = messages.filter((message) => !known.has(message.id))
  const changed = messages.filter((message) => known.has(message.id) && known.get(message.id)!.digest !== message.digest)
  const writable = changed.filter((message) => mayRewrite(known.get(message.id)!))
  const roots = await findRoots(ctx, place, fresh, people)
  await insertEntries(ctx, place, fresh, roots, people)
  await rewriteEntries(ctx, writable, known, people)
  await recount(ctx, [...fresh, ...writable].filter((message) => message.root).map((message) => roots.get(message.root!.id) ?? message.root!.id))
  await insertParts(ctx, [...fresh, ...writable], people)
  const reactions = await reconcileReactions(ctx, messages, known, people)
  await remember(ctx, [...fresh, ...changed], people)
  await emitHistory(ctx, [
    ...fresh.flatMap((message) => historyOf(message, place, people)), ...writable.map((message) => rewriteOf(message, place, people, known.get(message.id)!)),
  ])
  return {
    added: fresh.length, changed: writable.length, unchanged: messages.length - fresh.length - writable.length,
    reactions, files: fresh.reduce((sum, message) => sum + message.files.length, 0),
  }
}

// A conversation that could not become a sealed one is a space, where lines that begin a thread are updates.
const fitting = (message: SlackMessage, place: Place): SlackMessage =>
  place.kind === 'community' && message.kind === 'message' && !message.root ? { ...message, kind: 'update' } : message

const mayRewrite = ({ digest, state, edited_here }: Known) => digest === placeholder || (state === 'published' && !edited_here)

async function findKnown(ctx: Ctx, ids: string[]): Promise<Map<string, Known>> {
  // not content: what was imported before, and whether it was changed here since then
  const { rows } = await sql<Known & { id: string }>`
    select e.id, e.state, e.kind, s.digest, s.reactions, coalesce(e.edited_at > s.imported_at, false) as edited_here
    from slack_entries s join entries e on e.id = s.entry_id where s.entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The heads of the threads that are answered: those that are here, and empty places for those that are not. */
async function findRoots(ctx: Ctx, place: Place, fresh: SlackMessage[], people: People): Promise<Map<string, string>> {
  const coming = new Map(fresh.map((message) => [message.id, message]))
  const wanted = new Map(fresh.filter((message) => message.root).map((message) => [message.root!.id, message.root!]))
  // not content: which entries are the heads of threads
  const { rows } = await sql<{ id: string; root: string }>`select id, coalesce(root_id, id) as root from entries
    where id = any (${[...wanted.keys()]}::uuid[]) and space_id = ${place.id}`.execute(ctx.db)
  const roots = new Map(rows.map((row) => [row.id, row.root]))
  const missing: SlackMessage[] = []
  for (const [id, root] of wanted) {
    if (roots.has(id)) continue
    // An answer to an answer belongs to the thread of that.
    const head = coming.get(id)?.root?.id
    if (coming.has(id)) roots.set(id, head && head !== id ? head : id)
    else missing.push(emptyPlace(root, place))
  }
  await insertEntries(ctx, place, missing, roots, people)
  await remember(ctx, missing, people)
  for (const { id } of missing) roots.set(id, id)
  return roots
}

function emptyPlace({ id, ts, author }: NonNullable<SlackMessage['root']>, place: Place): SlackMessage {
  return {
    id, external_id: '', ts, at: new Date(Math.floor(millis(ts))).toISOString(), kind: place.kind === 'direct' ? 'message' : 'update', notice: null,
    author: author ?? 'USLACKBOT', root: null, body: '', removed: true, edited_at: null, mentions: [], reactions: [], files: [], digest: placeholder,
  }
}

const entryColumns = 'id uuid, kind text, root_id uuid, author_id uuid, body text, state text, in_feed boolean, created_at timestamptz, edited_at timestamptz'

const rowOf = (message: SlackMessage, root_id: string | null, people: People) => ({
  id: message.id, kind: message.kind, root_id, author_id: people.get(message.author)!.id, body: message.body, edited_at: message.edited_at,
  state: message.removed ? 'removed' : 'published', in_feed: findKind(message.kind)!.inFeed, created_at: message.at,
})

async function insertEntries(ctx: Ctx, place: Place, fresh: SlackMessage[], roots: Map<string, string>, people: People): Promise<void> {
  if (!fresh.length) return
  const rows = fresh.map((message) => rowOf(message, message.root ? roots.get(message.root.id)! : null, people))
  await sql`insert into entries (id, space_id, kind, root_id, parent_id, author_id, body, state, in_feed, created_at, edited_at, active_id)
    select id, ${place.id}, kind, root_id, root_id, author_id, body, state, in_feed, created_at, edited_at, id
    from ${rowsOf(rows, entryColumns)}`.execute(ctx.db)
}

/** Gives entries the words they have in Slack now. The words they had stay in their history. */
async function rewriteEntries(ctx: Ctx, changed: SlackMessage[], known: Map<string, Known>, people: People): Promise<void> {
  if (!changed.length) return
  const ids = changed.map((message) => message.id)
  const worded = changed.filter((message) => !message.removed && known.get(message.id)!.digest !== placeholder).map((message) => message.id)
  // not content: keeps what was written, where the edit history keeps it
  await sql`insert into entry_versions (entry_id, version, title, body, editor_id, created_at)
    select e.id, coalesce((select max(version) from entry_versions v where v.entry_id = e.id), 0) + 1, e.title, e.body, e.author_id, coalesce(e.edited_at, e.created_at)
    from entries e join ${rowsOf(changed.filter((message) => worded.includes(message.id)), 'id uuid, body text')} on r.id = e.id where e.body <> r.body -- not content`.execute(ctx.db)
  await sql`delete from notices where entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`delete from mentions where entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`delete from topics where entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`delete from files f using slack_files s, entry_files ef where s.file_id = f.id and ef.file_id = f.id and ef.entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`update entries e set kind = r.kind, in_feed = r.in_feed, author_id = r.author_id, body = r.body, state = r.state, edited_at = r.edited_at
    from ${rowsOf(changed.map((message) => rowOf(message, null, people)), entryColumns)} where e.id = r.id`.execute(ctx.db)
}

/** Sets the counters of threads from what is there. */
async function recount(ctx: Ctx, roots: string[]): Promise<void> {
  if (!roots.length) return
  // not content: counts replies
  await sql`update entries h set reply_count = t.n, active_id = coalesce(t.newest, h.id)
    from (select root.id, count(e.id)::int as n, max(e.id::text)::uuid as newest from unnest(${[...new Set(roots)]}::uuid[]) root(id)
      left join entries e on e.root_id = root.id and e.state = 'published' group by root.id) t -- not content
    where h.id = t.id and (h.reply_count, h.active_id) is distinct from (t.n, coalesce(t.newest, h.id))`.execute(ctx.db)
}

async function insertParts(ctx: Ctx, messages: SlackMessage[], people: People): Promise<void> {
  const notices = messages.filter((message) => message.kind === 'notice').map(({ id, notice }) => ({ entry_id: id, type: notice }))
  if (notices.length) await sql`insert into notices (entry_id, type) select entry_id, type from ${rowsOf(notices, 'entry_id uuid, type text')}`.execute(ctx.db)
  const mentions = messages.flatMap(({ id, mentions: ids }) => ids.flatMap((who) => people.get(who) ?? []).map((person) => ({ entry_id: id, person_id: person.id, handle: person.handle })))
  if (mentions.length) await sql`insert into mentions (entry_id, person_id, handle)
    select entry_id, person_id, handle from ${rowsOf(mentions, 'entry_id uuid, person_id uuid, handle text')} on conflict do nothing`.execute(ctx.db)
  const topics = messages.flatMap(({ id, body }) => topicsIn(body).map((topic) => ({ entry_id: id, topic })))
  if (topics.length) await sql`insert into topics (entry_id, topic) select entry_id, topic from ${rowsOf(topics, 'entry_id uuid, topic text')}`.execute(ctx.db)
  await insertFiles(ctx, messages, people)
}

// Reading Markdown takes time: only what may hold a topic is looked at closely. Links to channels (`[#name]`) are none.
const mayHoldTopic = /(?<![\p{L}\p{N}\p{M}_@#/&.[=])[#＃][\p{N}\p{M}_-]{0,63}\p{L}/u
const topicsIn = (body: string) => (mayHoldTopic.test(body) ? findTopics(body).slice(0, 50) : [])

async function insertFiles(ctx: Ctx, messages: SlackMessage[], people: People): Promise<void> {
  const files = messages.flatMap((message) => message.files.map((file, position) =>
    ({ ...file, id: fileId(message, position), entry_id: message.id, owner_id: people.get(message.author)!.id, position, at: message.at })))
  if (!files.length) return
  const rows = rowsOf(files, 'id uuid, entry_id uuid, owner_id uuid, name text, type text, size bigint, width int, height int, original text, position int, at timestamptz')
  await sql`with made as (
      insert into files (id, owner_id, name, type, size, width, height, state, created_at)
      select id, owner_id, name, type, size, width, height, 'record', at from ${rows} returning id),
    linked as (insert into entry_files (entry_id, file_id, position) select entry_id, id, position from ${rows})
    insert into slack_files (file_id, original) select r.id, r.original from ${rows}`.execute(ctx.db)
}

const fileId = ({ id, ts }: SlackMessage, position: number) => idAt(millis(ts), hash('sha256', `slack-file:${id}:${position}`, 'buffer'))

const reactionsOf = (message: SlackMessage, people: People): Record<string, string[]> =>
  Object.fromEntries(message.reactions.map(({ emoji, people: who }) => [emoji, who.map((id) => people.get(id)!.id)]))

/**
 * Adds the reactions that are new in this export and takes away those that were in the last one and are gone. What
 * people did here in between stays.
 */
async function reconcileReactions(ctx: Ctx, messages: SlackMessage[], known: Map<string, Known>, people: People): Promise<number> {
  type Row = { entry_id: string; person_id: string; emoji: string; at: string }
  const added: Row[] = []
  const gone: Row[] = []
  const touched: SlackMessage[] = []
  for (const message of messages) {
    const old = rowsFrom(message, known.get(message.id)?.reactions ?? {})
    const now = rowsFrom(message, reactionsOf(message, people))
    const [fresh, lost] = [missingIn(old, now), missingIn(now, old)]
    if (known.has(message.id) && (fresh.length || lost.length)) touched.push(message)
    added.push(...fresh)
    gone.push(...lost)
  }
  const columns = 'entry_id uuid, person_id uuid, emoji text, at timestamptz'
  if (gone.length) await sql`delete from reactions x using ${rowsOf(gone, columns)}
    where x.entry_id = r.entry_id and x.person_id = r.person_id and x.emoji = r.emoji`.execute(ctx.db)
  if (added.length) await sql`insert into reactions (entry_id, person_id, emoji, created_at)
    select entry_id, person_id, emoji, at from ${rowsOf(added, columns)} on conflict do nothing`.execute(ctx.db)
  await rememberReactions(ctx, touched, people)
  return added.length + gone.length

  // Slack lists emoji in the order of their first use; a millisecond apart keeps it.
  function rowsFrom(message: SlackMessage, reactions: Record<string, string[]>): Map<string, Row> {
    return new Map(Object.entries(reactions).flatMap(([emoji, who], i) => who.map((person_id): [string, Row] =>
      [`${person_id} ${emoji}`, { entry_id: message.id, person_id, emoji, at: new Date(Date.parse(message.at) + i).toISOString() }])))
  }
}

const missingIn = <T>(old: Map<string, T>, now: Map<string, T>): T[] => [...now].filter(([key]) => !old.has(key)).map(([, row]) => row)

const rememberReactions = (ctx: Ctx, messages: SlackMessage[], people: People) => messages.length === 0 ? null : sql`
  update slack_entries s set reactions = r.reactions from ${rowsOf(messages.map((m) => ({ id: m.id, reactions: reactionsOf(m, people) })), 'id uuid, reactions jsonb')}
  where s.entry_id = r.id`.execute(ctx.db)

async function remember(ctx: Ctx, messages: SlackMessage[], people: People): Promise<void> {
  if (!messages.length) return
  const rows = messages.map((m) => ({ id: m.id, digest: m.digest, reactions: m.reactions.length ? reactionsOf(m, people) : null }))
  await sql`insert into slack_entries (entry_id, digest, reactions) select id, digest, reactions from ${rowsOf(rows, 'id uuid, digest text, reactions jsonb')}
    on conflict (entry_id) do update set digest = excluded.digest, reactions = excluded.reactions, imported_at = now()`.execute(ctx.db)
}

const about = (message: SlackMessage, place: Place, people: People) =>
  ({ space_id: place.id, entry_id: message.id, actor_id: people.get(message.author)!.id, at: message.edited_at ?? message.at })

function historyOf(message: SlackMessage, place: Place, people: People): PastEvent[] {
  const fact = about(message, place, people)
  return [
    { ...fact, type: entryPublished.type, data: { kind: message.kind, root: message.root?.id ?? null }, at: message.at },
    ...(message.edited_at ? [{ ...fact, type: entryEdited.type, data: {} }] : []),
    ...message.reactions.flatMap(({ emoji, people: who }) => who.map((id): PastEvent =>
      ({ ...fact, actor_id: people.get(id)!.id, type: reactionAdded.type, data: { emoji }, at: message.at }))),
  ]
}

/** What a newer export says of an entry that was here. */
function rewriteOf(message: SlackMessage, place: Place, people: People, { digest }: Known): PastEvent {
  const fact = about(message, place, people)
  const data = { kind: message.kind, root: message.root?.id ?? null }
  if (message.removed) return { ...fact, type: entryRemoved.type, data: { root: data.root } }
  return digest === placeholder ? { ...fact, type: entryPublished.type, data } : { ...fact, type: entryEdited.type, data: {} }
}
