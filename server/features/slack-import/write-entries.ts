import { sql } from 'kysely'
import { findKind } from '../../core/entries/kinds.ts'
import { type NewEntry, putEntries, rewriteEntries } from '../../core/entries/put.ts'
import { lockSpace } from '../../core/spaces/enter.ts'
import type { Ctx } from '../../kernel/context.ts'
import { rowsOf } from '../../kernel/rows.ts'
import { type SlackMessage, millis } from './model.ts'
import type { Written } from '../../core/imports/schema.ts'
import { authorOf, standIn } from '../../core/imports/stand-ins.ts'
import type { Known, Place, Target } from './target.ts'
import { type FileIds, fileIdsOf, rememberFiles } from './write-files.ts'
import { isOurs, type People } from '../../core/imports/people.ts'
import { broughtReactions, reactionsOf, reconcileReactions } from './write-reactions.ts'

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
  const reacting = fresh.flatMap(({ reactions }) => reactions.flatMap((reaction) => reaction.people))
  await standIn(ctx, people, [...written.map((message) => message.author), ...reacting], importId)
  const roots = await findRoots(ctx, target, fresh)
  const idOf = await fileIdsOf(ctx, writable)
  const rowOf = makeRow(target, roots, idOf)
  const reacted = broughtReactions(fresh, people)
  await putEntries(ctx, fresh.map((message, i) => rowOf(message, { reactions: reacted[i] })), history)
  await rewriteEntries(ctx, writable.map((message) => rowOf(message)), history)
  await rememberFiles(ctx, written, idOf)
  const reconciled = await reconcileReactions(ctx, target, messages.filter(({ id }) => known.has(id)), known)
  await remember(ctx, [...fresh, ...changed], people)
  const unchanged = messages.length - written.length
  const files = fresh.reduce((sum, message) => sum + message.files.length, 0)
  return { added: fresh.length, changed: writable.length, unchanged, reactions: reacted.flat().length + reconciled, files }
}

const history = { quiet: true }

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
  await putEntries(ctx, missing.map((message) => makeRow(target, roots)(message)), history)
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

type Roots = Map<string, string>

/** How a message is written here: its files, mentions and reactions are those that Slack knows of, and not what its words say. */
const makeRow = ({ place, people, importId }: Target, roots: Roots, idOf?: FileIds) =>
  (message: SlackMessage, brought: NewEntry['brought'] = {}): NewEntry => {
    const root = message.root ? (roots.get(message.root.id) ?? null) : null
    return {
      id: message.id,
      space: place,
      kind: findKind(message.kind)!,
      root,
      parent: root,
      writer: { id: authorOf(people, message.author), role: 'member', session: null },
      title: '',
      body: message.body,
      created_at: message.at,
      edited_at: message.edited_at,
      isGone: message.removed,
      import_id: importId,
      ...(message.notice !== null && { more: { type: message.notice } }),
      brought: { ...brought, mentions: mentionsOf(message, people), ...(idOf && { files: filesOf(message, idOf) }) },
    }
  }

const mentionsOf = (message: SlackMessage, people: People) =>
  message.mentions.flatMap((who) => {
    const person = people.get(who)
    return person ? [{ person_id: person.id, handle: person.handle }] : []
  })

const filesOf = (message: SlackMessage, idOf: FileIds) =>
  message.files.map((file) => {
    const { name, type, size, width, height } = file
    return { id: idOf(message, file), name, type, size, width, height, at: message.at }
  })

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
