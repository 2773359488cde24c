import type { Ctx, Shared } from '../../kernel/context.ts'
import { declare } from '../../kernel/declared.ts'
import type { WrittenEntry } from './parts.ts'
import type { EntryView, FileRecord } from './schema.ts'

/**
 * What can come with an entry from elsewhere beside its words, by name; each feature declares its own:
 * `declare module '…/hooks.ts' { interface Brought { reactions: … } }`.
 */
export interface Brought {}

/** `files`: all that it has now of what was uploaded here; absent where they stay as they are. `brought`: what came along from elsewhere. */
export type Written = { entry: WrittenEntry; files?: string[]; isNew: boolean; brought?: Partial<Brought> }

/**
 * What a feature does in the transaction that writes entries, of one post or of a thousand from elsewhere: it fails the write
 * by throwing a Refusal.
 * @returns the ids of those that have something of this feature now, which a reader is shown
 */
export type WriteHook = (ctx: Shared, written: Written[]) => Promise<string[]>

const hooks: WriteHook[] = []
export const onWrite = (hook: WriteHook): void => void hooks.push(hook)

/** The same for what looks at each entry by itself, as its writer: where few have something of it. @returns whether this one has something to show */
export type EachWriteHook = (ctx: Ctx, written: Written) => Promise<boolean>
export const onEachWrite = (hook: EachWriteHook): void => onWrite(async (ctx, written) => {
  const shown: string[] = []
  for (const one of written) if (await hook({ ...ctx, actor: one.entry.writer }, one)) shown.push(one.entry.id)
  return shown
})

/** One of several that are written, and what of a feature came along with it. */
export type Carried<Name extends keyof Brought> = { entry: WrittenEntry; isNew: boolean; value: Brought[Name] }
/** `quiet`: it is history, and nobody is told. */
export type TakeBrought<Name extends keyof Brought> = (ctx: Shared, carried: Carried<Name>[], how: { quiet: boolean }) => Promise<unknown>

const takes = new Map<keyof Brought, TakeBrought<never>>()
/** A feature says how it takes in what of its own comes with entries from elsewhere; the shape of that it declares in `Brought`. */
export const defineBrought = <Name extends keyof Brought>(name: Name, take: TakeBrought<Name>): void =>
  void declare(takes, 'things that come with entries', name, take as TakeBrought<never>)

/** Hands to a feature what comes along for entries that are here already: what could not be said of them before others were there, too. */
export const takeBrought = <Name extends keyof Brought>(ctx: Shared, name: Name, carried: Carried<Name>[], how: { quiet: boolean }): Promise<unknown> =>
  (takes.get(name) as unknown as TakeBrought<Name>)(ctx, carried, how)

/** Runs the hooks of all features, in the order of the list in app.ts; tells which entries have something of any to show. */
export async function runWriteHooks(ctx: Shared, written: Written[], how: { quiet: boolean } = { quiet: false }): Promise<Set<string>> {
  const shown = new Set<string>()
  for (const hook of hooks) for (const id of await hook(ctx, written)) shown.add(id)
  for (const [name, take] of takes) {
    const carried = written.flatMap(({ entry, isNew, brought }) => (brought?.[name] === undefined ? [] : [{ entry, isNew, value: brought[name] as never }]))
    if (!carried.length) continue
    await take(ctx, carried, how)
    for (const { entry } of carried) shown.add(entry.id)
  }
  return shown
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
