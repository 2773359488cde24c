import type { ComponentType, ReactNode } from 'react'
import type { EntryParts as Parts } from '../../../server/core/entries/parts.ts'
import type { Entry, SpaceKind } from '../../kernel/types.ts'

/** What a kind's card is drawn with; `open` leads into the thread and is absent inside of it. */
export type CardProps = { entry: Entry; open?: (id: string) => void; children: ReactNode }
/** What stands in the composer between title and text; `facts` go along with what is sent. */
export type FieldsProps = { space: string; title: string; facts: object; setFacts: (facts: object) => void }

/** What a card shows of an entry that another one links to, with what only its kind has. */
export type LinkedEntry = Pick<Entry, 'id' | 'root' | 'kind' | 'title' | 'created_at' | 'by'> & Partial<Omit<Parts, 'files'>> & { excerpt: string; files: number; space: { id: string; name: string; kind: string } }

/** How a kind of entry looks, and how one is begun. `label` and the other words are keys of translations. */
export type EntryKind = {
  name: string
  /** Around title and text of an entry, which are its children; until it has come they stand alone. */
  Card?: ComponentType<CardProps>
  /** Instead of all of it, for what nobody answers: a quiet line. */
  Line?: ComponentType<{ entry: Entry }>
  /** In its inbox line, after who did it, instead of words that it may not have. Comes later. */
  Brief?: ComponentType<{ entry: Entry }>
  /** Below its words where another entry links to it: how it stands now. Comes later. */
  Linked?: ComponentType<{ entry: LinkedEntry }>
  /** Not in Home, though it begins a thread. */
  isQuiet?: boolean
  /** How the composer offers it; absent: nobody writes one there. */
  composer?: {
    startsIn: readonly SpaceKind[]
    Icon: ComponentType<{ size?: number | string; stroke?: number }>
    label: string
    title: string
    action: string
    /** What its text says where nothing stands yet. */
    placeholder?: string
    Fields?: ComponentType<FieldsProps>
    /** What goes along once it is sent, whenever it arrives: the moment in which it was. */
    atSend?: (facts: object) => object
  }
}
export type BegunKind = EntryKind & Required<Pick<EntryKind, 'composer'>>

const kinds = new Map<string, EntryKind>()

/** Adds a kind; a feature calls it in its feature.ts. Kinds without anything of their own need not be named. */
export const defineEntryKind = (kind: EntryKind): void => void kinds.set(kind.name, kind)

export const findEntryKind = (name: string): EntryKind | undefined => kinds.get(name)

/** What one may begin in such a space beside what is usual there. */
export const kindsIn = (space: SpaceKind): BegunKind[] =>
  [...kinds.values()].filter((kind): kind is BegunKind => !!kind.composer?.startsIn.includes(space))

/** Whether an entry that begins a thread belongs into Home. */
export const isInFeed = (kind: string): boolean => kind !== 'message' && !kinds.get(kind)?.isQuiet
