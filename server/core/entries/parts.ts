import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Actor, Role } from '../../kernel/context.ts'
import { declare } from '../../kernel/declared.ts'
import type { SpaceView } from '../spaces/schema.ts'

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
  /** what of it is the reader's own: a column beside the same for all members, and how one is put into the other */
  mine?: { column: (person: string, entry: string) => RawBuilder<unknown>; put: (all: never, own: never) => unknown }
  /** an entry that has it needs no words */
  isContent?: boolean
  /** how the entry stands, which is said wherever a short form of it is shown: null where there is nothing to say */
  isStanding?: boolean
}

/** For whom entries are read: an actor, or, without an id, everybody of a sort, which is what live events carry. */
export type Viewer = { id: string | null; role: Role }
export const MEMBERS: Viewer = { id: null, role: 'member' }
export const GUESTS: Viewer = { id: null, role: 'guest' }

const parts: EntryPart[] = []
const names = new Map<string, EntryPart>()
export const defineEntryPart = (part: EntryPart): void => void parts.push(declare(names, 'parts of entries', part.name, part))
export const entryParts = (): readonly EntryPart[] => parts
export const noneOf = ({ none }: EntryPart) => none ?? sql`'[]'::json`

export const shapesOfParts = (): z.ZodRawShape => Object.fromEntries(parts.map(({ name, shape }) => [name, shape]))

const standingParts = () => parts.filter(({ isStanding }) => isStanding)
export const shapesOfStanding = (): z.ZodRawShape => Object.fromEntries(standingParts().map(({ name, shape }) => [name, shape]))
/** What is said of an entry also in its short forms: that it was corrected. */
export const standingOf = (entry: EntryParts): object => Object.fromEntries(standingParts().map(({ name }) => [name, entry[name]]))

/** Whether there is something in an entry beside words. */
export const hasContent = (entry: EntryParts): boolean => parts.some(({ name, isContent }) => isContent && (entry[name] as unknown[]).length > 0)

/** An entry that is being written, as hooks see it; `writer`: whose words these are, which decides whom they may name and what they may attach. */
export type WrittenEntry = {
  id: string; kind: string; root_id: string | null; space: Pick<SpaceView, 'id' | 'kind' | 'visibility'>; title: string; body: string; writer: Actor
}
