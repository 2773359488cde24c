import type { RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { FileRecord } from './schema.ts'
import type { SpaceView } from '../spaces/schema.ts'

/**
 * A part of an entry that a feature keeps (reactions, mentions, files): a column with a JSON array (`json`, not `jsonb`)
 * for an alias of `entries`.
 * Without an actor it must be viewer-neutral: that is what live events carry.
 */
export type EntryPart = { name: string; column: (viewer: string | null, entry: string) => RawBuilder<unknown> }

const parts: EntryPart[] = []
export const defineEntryPart = (part: EntryPart): void => void parts.push(part)
export const entryParts = (): readonly EntryPart[] => parts

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

/** Supplied by the files: of these, the actor's own, and whether nothing shows them yet. */
export type OwnFiles = (ctx: Ctx, ids: string[]) => Promise<{ file: FileRecord; is_free: boolean }[]>
let ownFiles: OwnFiles = async () => []
export const setOwnFiles = (find: OwnFiles): void => void (ownFiles = find)
export const findOwnFiles: OwnFiles = async (ctx, ids) => (ids.length ? ownFiles(ctx, ids) : [])
