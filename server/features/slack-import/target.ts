import type { SlackChannel } from './directory.ts'
import type { Tally } from './report.ts'
import type { People } from '../../core/imports/people.ts'

/** A channel's space here. */
export type Place = {
  id: string
  kind: 'community' | 'direct'
  visibility: 'open' | 'closed' | 'secret'
  channel: SlackChannel
  /** somebody takes part in it here: what becomes of it is for its hosts to say, and no archive changes it */
  isLivedIn: boolean
  /** it is open here and private there by now: nothing of it comes in, until hosts close it */
  isHeld: boolean
}
export type Places = Map<string, Place>

/** An entry that was imported before, as it is now. */
export type Known = {
  digest: string
  author: string
  reactions: Record<string, string[]> | null
  state: 'published' | 'removed'
  edited_here: boolean
  /** its author takes part here, or a stand-in has it: no archive changes it any more */
  is_ours: boolean
}

/** Where messages go, whose they are, and which import brings them. */
export type Target = { place: Place; people: People; importId: string; tally: Tally }
