import { type RawBuilder, sql } from 'kysely'
import type { Ctx, Role } from '../../kernel/context.ts'
import type { SpaceView } from '../spaces/schema.ts'

/**
 * A part of an entry that a feature keeps (reactions, mentions, files): a column with a JSON array (`json`, not `jsonb`)
 * for an alias of `entries`, or with what `none` says where there is nothing.
 */
export type EntryPart = { name: string; column: (viewer: Viewer, entry: string) => RawBuilder<unknown>; none?: RawBuilder<unknown> }

/** For whom entries are read: an actor, or, without an id, everybody of a sort, which is what live events carry. */
export type Viewer = { id: string | null; role: Role }
export const MEMBERS: Viewer = { id: null, role: 'member' }
export const GUESTS: Viewer = { id: null, role: 'guest' }

const parts: EntryPart[] = []
export const defineEntryPart = (part: EntryPart): void => void parts.push(part)
export const entryParts = (): readonly EntryPart[] => parts
export const noneOf = ({ none }: EntryPart) => none ?? sql`'[]'::json`

/** An entry that is being written, as hooks see it. */
export type WrittenEntry = { id: string; kind: string; root_id: string | null; space: Pick<SpaceView, 'id' | 'kind' | 'visibility'>; title: string; body: string }
type Written = { entry: WrittenEntry; files?: string[]; isNew: boolean }

/**
 * What a feature does in the transaction that writes an entry: it fails the write by throwing a Refusal.
 * @returns whether the entry has something of this feature now, which a reader is shown
 */
export type WriteHook = (ctx: Ctx, written: Written) => Promise<boolean>

const hooks: WriteHook[] = []
export const onWrite = (hook: WriteHook): void => void hooks.push(hook)

/** Runs the hooks of all features, in the order of the list in app.ts; tells whether any has something to show. */
export async function runWriteHooks(ctx: Ctx, written: Written): Promise<boolean> {
  let hasParts = false
  for (const hook of hooks) if (await hook(ctx, written)) hasParts = true
  return hasParts
}
