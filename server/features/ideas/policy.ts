/** Where one may propose something. */
export const STARTS_IN = ['community'] as const

/** How far an idea is, in this order; the last two are ends. */
export const STAGES = ['new', 'discussed', 'trial', 'adopted', 'declined'] as const
export type Stage = (typeof STAGES)[number]

export const ANSWERS = ['yes', 'partly', 'no'] as const
export type Answer = (typeof ANSWERS)[number]

/** How many ideas of a space, of those that are not decided, one person supports at a time. */
export const VOICES = 10

/** After how many months it is asked whether an idea worked, unless who adopts it says otherwise. */
export const MONTHS = 3

export const isEnd = (stage: Stage): boolean => stage === 'adopted' || stage === 'declined'

type Someone = { id: string }
type Idea = { stage: Stage; owner: { id: string }; merged_into: string | null; merged_at?: string | null }
type Entry = { author: string; state: 'published' | 'removed'; idea?: Idea }
type Space = { state: 'active' | 'archived'; my: { may_manage: boolean; may_post?: boolean } }

const isThere = (entry: Entry, space: Space) => entry.state === 'published' && space.state === 'active'
const isOwner = (actor: Someone, { idea }: Entry) => idea?.owner.id === actor.id

/** Whether an idea can go on, and takes voices. */
export const isOpen = ({ idea }: Pick<Entry, 'idea'>): boolean => !!idea && !idea.merged_into && !isEnd(idea.stage)

/** Whoever writes in a space supports what is proposed there. */
export const canSupport = (_actor: Someone, entry: Entry, space: Space): boolean => isThere(entry, space) && !!space.my.may_post

/** Whoever carries an idea on takes the first steps; hosts also adopt it, decline it, and take it up again. */
export const canMove = (actor: Someone, entry: Entry, to: Stage, space: Space): boolean =>
  isThere(entry, space) && (space.my.may_manage || (isOwner(actor, entry) && !isEnd(to) && !isEnd(entry.idea!.stage)))

/** To which stages an idea goes from here: what was decided is first taken up again. */
export const nextStages = (from: Stage): Stage[] => (isEnd(from) ? ['discussed'] : STAGES.filter((stage) => stage !== from))

/** Whoever carries an idea on hands it over, merges it, and hosts do. */
export const canCarry = (actor: Someone, entry: Entry, space: Space): boolean => isThere(entry, space) && (isOwner(actor, entry) || space.my.may_manage)

const DAY = 86_400_000
/** Hosts undo a merging for a day. */
export const canUnmerge = (entry: Entry, space: Space): boolean => isThere(entry, space) && !!entry.idea?.merged_into && space.my.may_manage
export const isFresh = (merged_at: string, now = Date.now()): boolean => now - Date.parse(merged_at) < DAY

export type Said = { reason: string; measured: string; until?: string | null }
/** What a step needs that was not said with it, as a code. */
export function missing(from: Stage, to: Stage, { reason, measured, until }: Said): string | null {
  if (to === 'declined' && !reason.trim()) return 'refusal_needs_reason'
  if (isEnd(from) && !reason.trim()) return 'reopening_needs_reason'
  if (to === 'trial' && (!measured.trim() || !until)) return 'trial_needs_measure'
  if (from === 'trial' && isEnd(to) && !measured.trim()) return 'trial_needs_result'
  return null
}
