import type { Actor, Role } from './context.ts'
import type { LoggedEvent } from './events.ts'

/** An event as clients get it: one text for all members, and one for all guests. */
export type LiveEvent = { seq: number; type: string; space: string | null } & Record<string, unknown>

export type Batch = { rows: LoggedEvent[]; forMembers: LiveEvent[]; forGuests: LiveEvent[] | null; later: LoggedEvent[] }

/** A person who is connected, and by what. */
export type Reader<C> = { readonly id: string; readonly connections: Set<C> }

type Fact = Pick<LoggedEvent, 'type' | 'space_id' | 'person_id'>

/**
 * What the live stream must know of the nouns, supplied by the core: whom a fact interests and who may receive it (folded
 * from the log itself, in the log's order, so that a person who was removed stops receiving at exactly that point), and what
 * events look like.
 */
export type LiveSource<C> = {
  /** how many connections a person has */
  connectionsOf: (person: string) => number
  /** a connection of a person begins */
  enter: (person: string, connection: C) => Reader<C>
  /** it is over; of whom no connection is left, nothing is kept */
  leave: (reader: Reader<C>, connection: C) => void
  /**
   * begins to follow what this person may read; complete when it resolves; their role now, and until when
   * (milliseconds) what let them in holds; null when it is over
   */
  follow: (reader: Reader<C>, actor: Actor) => Promise<{ role: Role; until: number } | null>
  /** when what let this actor in is over by time (milliseconds); null when it is */
  until: (actor: Actor) => Promise<number | null>
  /** applies a fact to the index; names connections that must end with it, and the space that somebody may have lost by it */
  fold: (event: LoggedEvent) => { endSession?: string; endPerson?: string; lost?: string } | void
  /** whom a fact interests without their saying so: who is in its space, whom it is addressed to. Some may come twice. */
  recipients: (event: Fact) => Iterable<Reader<C>>
  /** whether somebody gets a fact as things are; with `later`, also after these facts have taken rights away */
  mayReceive: (event: Fact, later?: LoggedEvent[]) => (reader: Reader<C>) => boolean
  /** whether a person may hear what happens in a space */
  mayWatch: (reader: Reader<C>, space: string) => boolean
  /**
   * A batch of the log and the facts in it as members and, when asked for, guests get them, read in one moment; `later` are
   * the facts known at that moment, but not in the batch, that take rights away.
   */
  read: (after: number, upTo: number, limit: number, guestsToo: boolean) => Promise<Batch>
  /** whether one of these facts ends every connection of a person */
  isOver: (person: string, later: LoggedEvent[]) => boolean
  /** what this actor missed since a cursor, oldest first: all they may read, or what interests them without their saying so */
  missed: (actor: Actor, after: number, upTo: number, limit: number, byRight: boolean) => Promise<{ events: LiveEvent[]; scanned: number }>
  /** of these sessions, the ones that are over */
  ended: (sessions: string[]) => Promise<string[]>
  /** whether others are told that this person is writing there */
  mayType: (reader: Reader<C>, space: string) => boolean
  /** who else, of those connected here, is told that this person is writing there */
  typingReaches: (writer: string, space: string) => Iterable<Reader<C>>
}
