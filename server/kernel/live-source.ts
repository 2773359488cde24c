import type { Actor, Role } from './context.ts'
import type { LoggedEvent } from './events.ts'

/** An event as clients get it: one text for all members, and one for all guests. */
export type LiveEvent = { seq: number; type: string; space: string | null } & Record<string, unknown>

export type Batch = { rows: LoggedEvent[]; forMembers: LiveEvent[]; forGuests: LiveEvent[] | null; later: LoggedEvent[] }

/**
 * What the live stream must know of the nouns, supplied by the core: who may receive what (folded from the log itself,
 * in the log's order, so that a person who was removed stops receiving at exactly that point), and what events look like.
 */
export type LiveSource = {
  /**
   * begins to follow what this person may read; complete when it resolves; their role now, and until when
   * (milliseconds) what let them in holds; null when it is over
   */
  follow: (actor: Actor) => Promise<{ role: Role; until: number } | null>
  /** when what let this actor in is over by time (milliseconds); null when it is */
  until: (actor: Actor) => Promise<number | null>
  unfollow: (person: string) => void
  /** applies a fact to the index; names connections that must end with it */
  fold: (event: LoggedEvent) => { endSession?: string; endPerson?: string } | void
  /** whether a person gets a fact as things are; with `later`, also after these facts have taken rights away */
  mayReceive: (person: string, event: Pick<LoggedEvent, 'type' | 'space_id' | 'person_id'>, later?: LoggedEvent[]) => boolean
  /**
   * A batch of the log and the facts in it as members and, when asked for, guests get them, read in one moment; `later` are
   * the facts known at that moment, but not in the batch, that take rights away.
   */
  read: (after: number, upTo: number, limit: number, guestsToo: boolean) => Promise<Batch>
  /** whether one of these facts ends every connection of a person */
  isOver: (person: string, later: LoggedEvent[]) => boolean
  /** what this actor missed since a cursor, oldest first */
  missed: (actor: Actor, after: number, upTo: number, limit: number) => Promise<{ events: LiveEvent[]; scanned: number }>
  /** of these sessions, the ones that are over */
  ended: (sessions: string[]) => Promise<string[]>
  /** whether others are told that this person is writing there */
  mayType: (person: string, space: string) => boolean
  /** who else, of those connected here, is told that this person is writing there */
  typingReaches: (person: string, space: string) => string[]
}
