import type { Actor, Ctx, Shared } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { newId, timeOf } from '../../kernel/ids.ts'
import type { enterSpace } from '../spaces/enter.ts'
import type { Kind } from './kinds.ts'
import { type NewEntry, putTogether } from './put.ts'
import { findEntry, showEntry } from './queries.ts'
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

/** Writes entries of now into spaces that were entered, and shows each to its author. */
export async function writeEntries(shared: Shared, drafts: Draft[]): Promise<EntryView[]> {
  const entries = ofNow(drafts)
  const { rows, hasMore } = await putTogether(shared, entries, { isShown: true })
  const shown: EntryView[] = []
  for (const { id, kind, writer } of entries)
    shown.push(hasMore.has(id) || kind.facts ? await findEntry({ ...shared, actor: writer }, id) : showEntry(rows.get(id)))
  return shown
}

/** Writes one entry, in the actor's own transaction. */
export const writeEntry = async (ctx: Ctx, draft: Omit<Draft, 'actor'>): Promise<EntryView> =>
  (await writeEntries(ctx, [{ ...draft, actor: ctx.actor }]))[0]

/** Drafts as entries of this moment, each above the newest in its space, and so above those that are written there together with it. */
export function ofNow(drafts: Draft[]): NewEntry[] {
  const newest = new Map<string, string | null>()
  return drafts.map(({ actor: writer, space, ...draft }) => {
    const id = newId(newest.get(space.id) ?? space.newest)
    newest.set(space.id, id)
    return { ...draft, id, space, writer, created_at: new Date(timeOf(id)).toISOString() }
  })
}
