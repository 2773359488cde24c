/** The shapes of /api/v1, as the server's own schemas say them. */
import type * as entryFacts from '../../server/core/entries/events.ts'
import type { EntryView } from '../../server/core/entries/schema.ts'
import type * as personFacts from '../../server/core/people/events.ts'
import type { Logo, Person, PersonCard } from '../../server/core/people/schema.ts'
import type * as readFacts from '../../server/core/reads/events.ts'
import type * as spaceFacts from '../../server/core/spaces/events.ts'
import type { SpaceCard, SpaceView } from '../../server/core/spaces/schema.ts'
import type * as tieFacts from '../../server/core/ties/events.ts'
import type { FileRecord } from '../../server/core/entries/schema.ts'
import type * as inboxFacts from '../../server/features/inbox/events.ts'
import type * as railFacts from '../../server/features/rail/events.ts'
import type { Hit } from '../../server/features/search/schema.ts'

export type { FileRecord, Logo, Person, PersonCard, SpaceCard }
export type { Audience } from '../../server/core/spaces/schema.ts'
export type Entry = EntryView
export type FoundEntry = Hit
export type Space = SpaceView

export type Role = PersonCard['role']
export type AudienceScope = SpaceView['audience']['scope']
export type Visibility = SpaceView['visibility']
export type SpaceKind = SpaceView['kind']
export type MemberRole = NonNullable<SpaceView['my']['role']>

/** `email_pending`: the address one asked for, until its mailbox confirms it. */
export type Me = Person & { network: { id: string; name: string; colour: string; members_invite: boolean; members_add_emoji: boolean; language: 'en' | 'de' | null; presence: boolean; logo: Logo | null }; email_pending?: string | null; language?: 'en' | 'de' | null; seq?: number; /** who looks as this person, where it is somebody else */ looker?: { name: string } | null }

export type Imported = NonNullable<Entry['imported']>
export type Conversation = Space & { last: Entry | null }
export type FeedEntry = Entry & { space_card: SpaceCard; unread: number }
export type InboxItem = {
  root: Entry
  space_card: SpaceCard
  reasons: string[]
  entries: Entry[]
  unread: number
  at: string
}
/** `muted` are heads of threads, `muted_spaces` spaces in which nothing is unread, because the reader muted them. */
export type Unread = { spaces: Record<string, number>; inbox: number; muted: string[]; muted_spaces: string[] }

export type Page<T> = { items: T[]; next: string | null }

/** The facts of the log, as modules of the server; a feature adds its own: `declare module '…/kernel/types.ts' { interface Facts { … } }`. */
export interface Facts {
  entries: typeof entryFacts
  people: typeof personFacts
  reads: typeof readFacts
  spaces: typeof spaceFacts
  ties: typeof tieFacts
  inbox: typeof inboxFacts
  rail: typeof railFacts
}
type NamesIn<Module> = { [K in keyof Module]: Module[K] extends { type: infer Name extends string } ? Name : never }[keyof Module]
export type FactName = { [K in keyof Facts]: NamesIn<Facts[K]> }[keyof Facts]

/** One fact of the log, or that somebody writes at the moment. `data` is small and never carries a body. */
export type LiveEvent = {
  seq: number
  type: FactName | 'typing'
  space: string | null
  entry?: Entry | null
  /** For what happened to a reply: the head of its thread as it is now. */
  thread?: Pick<Entry, 'id' | 'reply_count' | 'active_id' | 'active_at' | 'repliers'> | null
  person?: PersonCard | null
  actor: string | null
  data: Record<string, unknown>
  at: string
}
