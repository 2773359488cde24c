import type { Ctx } from '../../kernel/context.ts'
import type { WrittenEntry } from './parts.ts'
import type { EntryView, FileRecord } from './schema.ts'

/** `files`: all that it has now; absent where they stay as they are. */
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

/** What a feature does in the transaction that removes an entry; it sees the entry as it was. */
export type RemoveHook = (ctx: Ctx, entry: EntryView) => Promise<void>

const removeHooks: RemoveHook[] = []
export const onRemove = (hook: RemoveHook): void => void removeHooks.push(hook)

export async function runRemoveHooks(ctx: Ctx, entry: EntryView): Promise<void> {
  for (const hook of removeHooks) await hook(ctx, entry)
}

const restoreHooks: RemoveHook[] = []
/** What a feature does in the transaction that brings an entry back; it sees the entry as it is again. */
export const onRestore = (hook: RemoveHook): void => void restoreHooks.push(hook)

export async function runRestoreHooks(ctx: Ctx, entry: EntryView): Promise<void> {
  for (const hook of restoreHooks) await hook(ctx, entry)
}

/** Supplied by the files: of these, the actor's own, and whether nothing shows them yet. */
export type OwnFiles = (ctx: Ctx, ids: string[]) => Promise<{ file: FileRecord; is_free: boolean }[]>
let ownFiles: OwnFiles = async () => []
export const setOwnFiles = (find: OwnFiles): void => void (ownFiles = find)
export const findOwnFiles: OwnFiles = async (ctx, ids) => (ids.length ? ownFiles(ctx, ids) : [])
