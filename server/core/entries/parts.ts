import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx, Role } from '../../kernel/context.ts'
import type { SpaceView } from '../spaces/schema.ts'
import type { EntryView } from './schema.ts'

/** What features add to an entry, by name; each declares its own: `declare module '…/parts.ts' { interface EntryParts { … } }`. */
export interface EntryParts {}

/**
 * A part of an entry that a feature keeps (reactions, mentions, files): a column with a JSON array (`json`, not `jsonb`)
 * for an alias of `entries`, or with what `none` says where there is nothing.
 */
export type EntryPart = {
  name: keyof EntryParts
  shape: z.ZodType
  column: (viewer: Viewer, entry: string) => RawBuilder<unknown>
  /** cheap to ask, before the column is: where it is false there is nothing of this part */
  onlyIf?: (entry: string) => RawBuilder<boolean>
  none?: RawBuilder<unknown>
  /** an entry that has it needs no words */
  isContent?: boolean
}

/** For whom entries are read: an actor, or, without an id, everybody of a sort, which is what live events carry. */
export type Viewer = { id: string | null; role: Role }
export const MEMBERS: Viewer = { id: null, role: 'member' }
export const GUESTS: Viewer = { id: null, role: 'guest' }

const parts: EntryPart[] = []
export const defineEntryPart = (part: EntryPart): void => void parts.push(part)
export const entryParts = (): readonly EntryPart[] => parts
export const noneOf = ({ none }: EntryPart) => none ?? sql`'[]'::json`

export const shapesOfParts = (): z.ZodRawShape => Object.fromEntries(parts.map(({ name, shape }) => [name, shape]))

/** Whether there is something in an entry beside words. */
export const hasContent = (entry: EntryParts): boolean => parts.some(({ name, isContent }) => isContent && (entry[name] as unknown[]).length > 0)

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

/** What a feature does in the transaction that removes an entry; it sees the entry as it was. */
export type RemoveHook = (ctx: Ctx, entry: EntryView) => Promise<void>

const removeHooks: RemoveHook[] = []
export const onRemove = (hook: RemoveHook): void => void removeHooks.push(hook)

export async function runRemoveHooks(ctx: Ctx, entry: EntryView): Promise<void> {
  for (const hook of removeHooks) await hook(ctx, entry)
}
