import type { z } from 'zod'
import type { Actor, Ctx, Shared } from '../../kernel/context.ts'
import { checked } from '../../kernel/checked.ts'
import { allow, conflict, invalid, notFound, orRefusal, Refusal } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { ALONE, type Given } from '../../kernel/together.ts'
import { enterSpace, enterSpaces, lockSpace } from '../spaces/enter.ts'
import { canReply } from '../spaces/policy.ts'
import { findReadableSpace } from '../spaces/queries.ts'
import { recountThreads } from './counters.ts'
import { entryEdited, entryRemoved, entryRestored } from './events.ts'
import { defaultKind, findKind, type Kind } from './kinds.ts'
import { runRemoveHooks, runRestoreHooks, runWriteHooks } from './hooks.ts'
import { hasContent } from './parts.ts'
import { canRemove } from './policy.ts'
import { findEntry, findThreadOf } from './queries.ts'
import type { EntryChange, EntryInput, EntryView, ReplyInput } from './schema.ts'
import { keepVersions } from './versions.ts'
import { type Draft, withContent, writeEntries, writeEntry } from './write.ts'

type EnteredSpace = Awaited<ReturnType<typeof enterSpace>>
type Post = z.output<typeof EntryInput>

/** Begins a thread in a space, with what its kind takes beside the words. */
export const publish = async (ctx: Ctx, spaceId: string, input: Post): Promise<EntryView> =>
  writeEntry(ctx, postIn(ctx.actor, await enterSpace(ctx, spaceId), input))

/** The same of several at once, in one look and one statement; who would have to wait for others is left to do so alone. */
export async function publishTogether(shared: Shared, posts: Given<{ id: string }, Post>[]): Promise<unknown[]> {
  const spaces = await enterSpaces(shared, posts.map(({ actor, params }) => ({ actor, space: params.id })))
  const drafts = spaces.map((space, i) => (space === ALONE || space instanceof Refusal ? space : orRefusal(() => postIn(posts[i].actor, space, posts[i].body))))
  const written = await writeEntries(shared, drafts.filter((draft): draft is Draft => draft !== ALONE && !(draft instanceof Refusal)))
  return drafts.map((draft) => (draft === ALONE || draft instanceof Refusal ? draft : written.shift()))
}

function postIn(actor: Actor, space: EnteredSpace, input: Post): Draft {
  const kind = findKind(input.kind ?? defaultKind(space.kind))
  if (!kind?.startsIn.includes(space.kind)) throw invalid('wrong_kind', `A ${input.kind} cannot begin a thread here.`)
  allow(kind.mayBegin(actor, space, space.my), whyNot(space), space.state === 'archived' ? 'archived' : 'forbidden')
  const more = kind.input && checked(kind.input, input, 'body')
  return withContent({ actor, space, kind, title: titleOf(kind, input.title), body: input.body, files: input.files, root: null, parent: null, more })
}

/** Answers an entry: the reply belongs to its thread, whichever entry of it was answered. */
export async function reply(ctx: Ctx, entryId: string, input: z.output<typeof ReplyInput>): Promise<EntryView> {
  const thread = await findThreadOf(ctx, entryId)
  const space = await enterSpace(ctx, thread.space)
  allow(canReply(ctx.actor, space, space.my), whyNot(space), space.state === 'archived' ? 'archived' : 'forbidden')
  const parent = input.parent ?? entryId
  if (parent !== entryId && (await findThreadOf(ctx, parent)).root !== thread.root) throw notFound()
  const head = await findEntry(ctx, parent)
  if (!findKind(head.kind)?.replies) throw invalid('no_replies', 'This cannot be answered.')
  const { body, files } = input
  return writeEntry(ctx, withContent({ actor: ctx.actor, space, kind: findKind('message')!, title: '', body, files, root: thread.root, parent }))
}

/**
 * Looks whether something could be written now, without writing it: what would be refused then is refused at once.
 * @param root the thread that it is to answer
 * @throws Refusal whatever `publish` or `reply` would throw
 */
export async function demandWritable(ctx: Ctx, spaceId: string, root: string | undefined, input: Post): Promise<void> {
  const space = await enterSpace(ctx, spaceId)
  if (!root) return void postIn(ctx.actor, space, input)
  allow(canReply(ctx.actor, space, space.my), whyNot(space), space.state === 'archived' ? 'archived' : 'forbidden')
  if (!findKind((await findEntry(ctx, root)).kind)?.replies) throw invalid('no_replies', 'This cannot be answered.')
  withContent({ actor: ctx.actor, space, kind: findKind('message')!, title: '', body: input.body, files: input.files, root, parent: root })
}

function titleOf(kind: Kind, title: string): string {
  if (kind.title === 'needed' && !title.trim()) throw invalid('title_needed', `A ${kind.name} needs a title.`)
  return kind.title === 'none' ? '' : title
}

const whyNot = (space: EnteredSpace) =>
  space.state === 'archived' ? 'This space is archived: it can be read, but nobody writes in it.' : 'You may read here, but not write.'

/** Changes the words and files of one's own entry; what the words were stays in its history. */
export async function edit(ctx: Ctx, id: string, change: z.output<typeof EntryChange>): Promise<EntryView> {
  const entry = await enterEntry(ctx, id)
  const space = await findReadableSpace(ctx, entry.space)
  const kind = findKind(entry.kind)!
  allow(kind.mayEdit(ctx.actor, entry), 'Only its author can edit this.', 'authors_only')
  allow(space.my.may_post || space.kind !== 'community', 'You cannot write in this space any more.')
  const title = titleOf(kind, change.title ?? entry.title)
  const body = change.body ?? entry.body
  const files = change.files ?? entry.files?.map((file) => file.id) ?? []
  const hasOtherFiles = String(files) !== String(entry.files?.map((file) => file.id) ?? [])
  if (title === entry.title && body === entry.body && !hasOtherFiles) return entry
  if (!title.trim() && !body.trim() && !(change.files ? files.length : hasContent(entry))) throw invalid('empty', 'Write something, or delete it.')
  await keepVersions(ctx, [id], ctx.actor.id)
  await ctx.db.updateTable('entries').set({ title, body, edited_at: new Date().toISOString() }).where('id', '=', id).execute()
  await runWriteHooks(ctx, [{ entry: { id, kind: entry.kind, root_id: entry.root, space, title, body, writer: ctx.actor }, files: hasOtherFiles ? files : undefined, isNew: false }])
  await emit(ctx, entryEdited, { space_id: entry.space, entry_id: id }, {})
  return findEntry(ctx, id)
}

/** An entry for changing it, as it is when all who write in its space before us are done. */
export async function enterEntry(ctx: Ctx, id: string): Promise<EntryView> {
  await lockSpace(ctx, (await findThreadOf(ctx, id)).space)
  return findEntry(ctx, id)
}

/** Removes an entry: its words leave the table for its history, from where `restore` brings them back for a day. */
export async function remove(ctx: Ctx, id: string): Promise<void> {
  const entry = await enterEntry(ctx, id)
  const space = await findReadableSpace(ctx, entry.space)
  allow(canRemove(ctx.actor, entry, space), 'Only its author or a host can remove this.', 'authors_only')
  await keepVersions(ctx, [id], ctx.actor.id)
  await ctx.db.insertInto('removals').values({ entry_id: id, removed_by: ctx.actor.id }).execute()
  await ctx.db.updateTable('entries').set({ state: 'removed', title: '', body: '' }).where('id', '=', id).execute()
  if (entry.root) await recountThreads(ctx, [entry.root])
  await runRemoveHooks(ctx, entry)
  await emit(ctx, entryRemoved, { space_id: entry.space, entry_id: id }, { root: entry.root })
}

/** Undoes a removal; for the one who removed, while the words are still kept. */
export async function restore(ctx: Ctx, id: string): Promise<EntryView> {
  // visible: only which space to lock; that the actor removed it and may still read there is checked next
  const row = await ctx.db.selectFrom('entries').select(['space_id', 'root_id']).where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound()
  await lockSpace(ctx, row.space_id)
  const removal = await ctx.db.selectFrom('removals').selectAll().where('entry_id', '=', id).forUpdate().executeTakeFirst()
  if (!removal || removal.removed_by !== ctx.actor.id) throw notFound()
  await findReadableSpace(ctx, row.space_id)
  const version = await ctx.db.selectFrom('entry_versions').selectAll().where('entry_id', '=', id).orderBy('version', 'desc').limit(1).executeTakeFirst()
  if (!version) throw conflict('gone_for_good', 'This was removed too long ago to bring it back.')
  await ctx.db.deleteFrom('entry_versions').where('entry_id', '=', id).where('version', '=', version.version).execute()
  await ctx.db.deleteFrom('removals').where('entry_id', '=', id).execute()
  await ctx.db.updateTable('entries').set({ state: 'published', title: version.title, body: version.body }).where('id', '=', id).execute()
  if (row.root_id) await recountThreads(ctx, [row.root_id])
  await runRestoreHooks(ctx, await findEntry(ctx, id))
  await emit(ctx, entryRestored, { space_id: row.space_id, entry_id: id }, { root: row.root_id })
  return findEntry(ctx, id)
}
