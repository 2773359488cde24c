import type { Ctx } from './context.ts'
import type { EventType, LoggedEvent } from './events.ts'

/**
 * What a feature does on hearing facts. Runs after the fact's commit, in a transaction of its own, at least once:
 * it must come to the same end when it hears a fact twice or late (re-read the present, upsert).
 */
export type Effect = {
  name: string
  on: EventType<any>[]
  run: (ctx: Ctx, events: LoggedEvent[]) => Promise<void>
} & EffectOptions

export type EffectOptions = {
  /**
   * where it begins in a network that is older than it: at the `beginning` when it keeps something that is made of all
   * there is, `now` when it tells or sends somebody something, or it would tell them the whole past
   */
  from: 'now' | 'beginning'
  /** also hears history (imports); false unless said */
  history?: boolean
  /** how long it gathers facts for one batch, in milliseconds; 50 unless said */
  gatherMs?: number
  /** leaves as much time to others between batches, also when it is behind */
  unhurried?: boolean
}

export const defineEffect = (name: string, on: EventType<any>[], options: EffectOptions, run: Effect['run']): Effect =>
  ({ name, on, run, ...options })
