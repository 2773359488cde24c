import { type RawBuilder, sql } from 'kysely'
import { type Actor, type Shared, SYSTEM } from '../../kernel/context.ts'
import { emitHistory, type PastEvent } from '../../kernel/events.ts'
import { ZERO_ID } from '../../kernel/ids.ts'
import { inChunks, rowsOf } from '../../kernel/rows.ts'
import type { SpaceView } from '../spaces/schema.ts'
import { countReplies, recountThreads, repliesIn } from './counters.ts'
import { entryEdited, entryPublished, entryRemoved } from './events.ts'
import { type Brought, runRemoveHooks, runWriteHooks, type Written } from './hooks.ts'
import { findKind, type Kind } from './kinds.ts'
import { MEMBERS, type WrittenEntry } from './parts.ts'
import { neutralEntries, newEntry } from './queries.ts'
import { keepVersions } from './versions.ts'

/** An entry that is to be there: written just now, or at its own time elsewhere. Whether it may be written here was checked. */
export type NewEntry = {
  /** carries its moment; make it of what the entry is called elsewhere, and it is the same each time (`idAt`) */
  id: string
  space: Pick<SpaceView, 'id' | 'kind' | 'visibility'>
  kind: Kind
  root: string | null
  parent: string | null
  /** whose words these are */
  writer: Actor
  title: string
  body: string
  created_at: string
  /** of what was uploaded here */
  files?: string[]
  /** what its kind takes beside the words; null where whoever brings it keeps that, too */
  more?: object | null
  edited_at?: string | null
  /** what its words were before, the oldest first */
  before?: { title: string; body: string; at: string }[]
  /** it was removed, or is not there: only its place is kept, for what answers it */
  isGone?: boolean
  /** the import that brings it */
  import_id?: string | null
  /** what comes along with it that features keep: reactions, records of files, whom it names */
  brought?: Partial<Brought>
}

/** `quiet`: this is history; it is in the log with its own times, and nobody is told. */
type How = { quiet?: boolean }

// Statements of that size are fast, and none grows with what is brought.
const AT_ONCE = 500

/**
 * Writes entries with all that belongs to them: their facts, the numbers of their threads, what their words were before, what their kinds
 * and features keep of them. The one writer: a post, an archive, the sample company. Their spaces were entered, or are new.
 * @throws Refusal what a feature refuses
 * @example await putEntries(ctx, messages.map((message) => ({ id: idAt(ms, entropy), space, kind, writer, root: null, parent: null, … })), { quiet: true })
 */
export async function putEntries(ctx: Shared, rows: NewEntry[], how: How = {}): Promise<void> {
  // What is answered comes before what answers it.
  await inChunks([...rows.filter(({ root }) => !root), ...rows.filter(({ root }) => root)], (some) => putTogether(ctx, some, how), AT_ONCE)
}

/**
 * The same of a few, in one statement.
 * @param isShown whether they are wanted as their readers see them
 * @returns the rows by id, and which of them have more to show than what stands in them
 */
export async function putTogether(ctx: Shared, rows: NewEntry[], { quiet = false, isShown = false }: How & { isShown?: boolean } = {}) {
  const there = rows.filter(({ isGone }) => !isGone)
  const threads = repliesIn(there)
  const found = await insert(ctx, rows, threads, { quiet, isShown })
  // The heads among these have their numbers already.
  for (const { id } of rows) threads.delete(id)
  await countReplies(ctx, threads)
  await insertVersions(ctx, rows)
  const hasMore = await runWriteHooks(ctx, there.map((row) => written(row, true)), { quiet })
  await begin(ctx, there)
  await emitHistory(ctx, there.flatMap((row) => (row.edited_at ? [factAbout(row, entryEdited, {}, row.edited_at)] : [])), { quiet })
  return { rows: found, hasMore }
}

const entryOf = ({ id, kind, root, space, title, body, writer }: NewEntry): WrittenEntry => ({ id, kind: kind.name, root_id: root, space, title, body, writer })
const written = (row: NewEntry, isNew: boolean): Written => ({ entry: entryOf(row), files: row.files, isNew, brought: row.brought })

const factAbout = ({ id, space, writer }: NewEntry, { type }: { type: string }, data: object, at: string): PastEvent =>
  ({ type, space_id: space.id, entry_id: id, actor_id: doerOf(writer), data, at })
const doerOf = ({ id }: Actor) => (id === ZERO_ID ? null : id)

// What JSON carries is text: half of a pair of surrogates would be refused, and is shown as U+FFFD everywhere else.
const columnsOf = ({ id, space, kind, root, parent, writer, title, body, created_at, edited_at = null, isGone, import_id = null }: NewEntry) => ({
  id, space_id: space.id, kind: kind.name, root_id: root, parent_id: parent, author_id: writer.id, title: title.toWellFormed(), body: body.toWellFormed(),
  state: isGone ? 'removed' : 'published', in_feed: kind.inFeed, created_at, edited_at, import_id,
})
const TYPES = `id uuid, space_id uuid, kind text, root_id uuid, parent_id uuid, author_id uuid, title text, body text, state text, in_feed boolean,
  created_at timestamptz, edited_at timestamptz, import_id uuid, reply_count int, active_id uuid, fact jsonb, actor_id uuid`
const COLUMNS = ['id', 'space_id', 'kind', 'root_id', 'parent_id', 'author_id', 'title', 'body', 'state', 'in_feed', 'created_at', 'edited_at', 'import_id',
  'reply_count', 'active_id'] as const

/** All in one statement, with their facts; its text is the same for any number of them. */
async function insert(ctx: Shared, entries: NewEntry[], threads: ReturnType<typeof repliesIn>, { quiet, isShown }: Required<How> & { isShown: boolean }): Promise<Map<string, any>> {
  const given = entries.map((entry) => {
    const { replies, newest } = threads.get(entry.id) ?? { replies: 0, newest: entry.id }
    const fact = entry.isGone ? null : { kind: entry.kind.name, root: entry.root }
    return { ...columnsOf(entry), reply_count: replies, active_id: newest > entry.id ? newest : entry.id, fact, actor_id: doerOf(entry.writer) }
  })
  const query = ctx.db
    .with('r', () => sql`(select * from ${rowsOf(given, TYPES)})` as RawBuilder<any>)
    .with('fact', (db) => db.insertInto('events').columns(['type', 'space_id', 'entry_id', 'actor_id', 'data', 'quiet', 'at'])
      .expression(sql`select ${entryPublished.type}, r.space_id, r.id, r.actor_id, r.fact, ${quiet}::boolean, case when ${quiet}::boolean then r.created_at else now() end
        from r where r.fact is not null` as never))
    .insertInto('entries').columns(COLUMNS).expression(sql`select ${sql.join(COLUMNS.map((column) => sql.ref(`r.${column}`)))} from r` as never)
  const shown = await (isShown ? query.returning(newEntry()) : query).execute()
  return new Map(isShown ? shown.map((row: any) => [row.id, row]) : [])
}

async function insertVersions(ctx: Shared, rows: NewEntry[]): Promise<void> {
  const versions = rows.flatMap(({ id, writer, before = [] }) => before.map((words, i) => ({ ...words, entry_id: id, version: i + 1, editor_id: writer.id })))
  if (versions.length)
    await sql`insert into entry_versions (entry_id, version, title, body, editor_id, created_at)
      select entry_id, version, title, body, editor_id, at
      from ${rowsOf(versions, 'entry_id uuid, version int, title text, body text, editor_id uuid, at timestamptz')}`.execute(ctx.db)
}

async function begin(ctx: Shared, rows: NewEntry[]): Promise<void> {
  for (const [kind, some] of Map.groupBy(rows.filter((row) => row.kind.begin && row.more !== null), (row) => row.kind))
    await kind.begin!(ctx, some.map((row) => ({ entry: entryOf(row), input: (row.more ?? {}) as never })))
}

/**
 * Makes entries that were brought before what they are elsewhere by now: words, files, kind, author, or that they are gone. Where
 * they stand and what they answer stays. The words they had stay in their history; what is removed is gone for good in a day.
 * @throws Error where one would become of another kind, and its own cannot end
 */
export async function rewriteEntries(ctx: Shared, rows: NewEntry[], how: How = {}): Promise<void> {
  await inChunks(rows, (some) => rewriteTogether(ctx, some, how), AT_ONCE)
}

type Old = { id: string; kind: string; state: 'published' | 'removed'; root: string | null; differs: boolean }

async function rewriteTogether(ctx: Shared, rows: NewEntry[], { quiet = false }: How): Promise<void> {
  const olds = await findOlds(ctx, rows)
  const pairs = rows.flatMap((row) => (olds.has(row.id) ? [{ row, old: olds.get(row.id)! }] : []))
  const there = pairs.filter(({ row }) => !row.isGone)
  const going = pairs.filter(({ row, old }) => row.isGone && old.state === 'published')
  await keepVersions(ctx, there.filter(({ old }) => old.state === 'published' && old.differs).map(({ row }) => row.id))
  await takeOut(ctx, going.map(({ row }) => row.id))
  const renewed = await endKinds(ctx, pairs)
  await sql`
    update entries e set kind = r.kind, in_feed = r.in_feed, author_id = r.author_id, title = r.title, body = r.body, state = r.state,
      edited_at = r.edited_at, import_id = r.import_id
    from ${rowsOf(pairs.map(({ row }) => columnsOf(row)), TYPES)} where e.id = r.id`.execute(ctx.db)
  await recountThreads(ctx, pairs.flatMap(({ row, old }) => (old.root && !row.isGone !== (old.state === 'published') ? [old.root] : [])))
  await runWriteHooks(ctx, pairs.map(({ row, old }) => written({ ...row, root: old.root }, false)), { quiet })
  await begin(ctx, renewed)
  await emitHistory(ctx, pairs.map(({ row, old }) => changeOf(row, old)), { quiet })
}

/** What the log says of it: that it is gone, that there is more than its place now, or that it is another. */
function changeOf(row: NewEntry, { state, root }: Old): PastEvent {
  const at = row.edited_at ?? row.created_at
  if (row.isGone) return factAbout(row, entryRemoved, { root }, at)
  return state === 'removed' ? factAbout(row, entryPublished, { kind: row.kind.name, root }, at) : factAbout(row, entryEdited, {}, at)
}

async function findOlds(ctx: Shared, rows: NewEntry[]): Promise<Map<string, Old>> {
  const { rows: found } = await sql<Old>`select e.id, e.kind, e.state, e.root_id as root, (e.title, e.body) is distinct from (r.title, r.body) as differs
    from entries e join ${rowsOf(rows.map(columnsOf), TYPES)} on r.id = e.id`.execute(ctx.db)
  return new Map(found.map((old) => [old.id, old]))
}

/** What was removed elsewhere is forgotten here a day later, and nobody here brings it back. */
async function takeOut(ctx: Shared, ids: string[]): Promise<void> {
  for (const entry of (await neutralEntries({ ...ctx, actor: SYSTEM }, ids, MEMBERS)).values()) await runRemoveHooks({ ...ctx, actor: SYSTEM }, entry)
  if (ids.length) await sql`insert into removals (entry_id, removed_by) select id, ${ZERO_ID} from unnest(${ids}::uuid[]) id on conflict do nothing`.execute(ctx.db)
}

/** Takes away what the kinds they were keep of them. @returns those whose kind keeps it anew */
async function endKinds(ctx: Shared, pairs: { row: NewEntry; old: Old }[]): Promise<NewEntry[]> {
  for (const [name, some] of Map.groupBy(pairs, ({ old }) => old.kind)) {
    const kind = findKind(name)
    if (kind?.end) await kind.end(ctx, some.map(({ row }) => row.id))
    else if (kind?.begin && some.some(({ row }) => row.kind !== kind)) throw new Error(`What is a ${name} cannot become something else: it has no \`end\`.`)
  }
  return pairs.filter(({ row, old }) => !row.isGone && (row.kind.name !== old.kind || row.kind.end)).map(({ row, old }) => ({ ...row, root: old.root }))
}
