import type { Ctx, Host } from './context.ts'
import { inRepeatableWork, inTransaction, SYSTEM } from './context.ts'
import { isDatabaseAway } from './db.ts'
import type { EventType, LoggedEvent } from './events.ts'
import { defineJob, enqueue } from './jobs.ts'

/**
 * What a feature does on hearing facts. Runs after the fact's commit, in a transaction of its own, at least once:
 * it must come to the same end when it hears a fact twice or late (re-read the present, upsert).
 */
export type Effect = {
  name: string
  on: EventType<any>[]
  /** also hears history (imports); false unless said */
  history?: boolean
  /** how long it gathers facts for one batch, in milliseconds; 50 unless said */
  gatherMs?: number
  /** leaves as much time to others between batches, also when it is behind */
  unhurried?: boolean
  run: (ctx: Ctx, events: LoggedEvent[]) => Promise<void>
}
export const defineEffect = (name: string, on: EventType<any>[], run: Effect['run'], options: Pick<Effect, 'history' | 'gatherMs' | 'unhurried'> = {}): Effect =>
  ({ name, on, run, ...options })

const BATCH = 500
const TRY_AGAIN_MS = 1000
// Nobody waits for an effect as they do for a post: those who read along come first, and what is said meanwhile is one batch.
const GATHER_MS = 50

/**
 * Moves every effect through the log. A batch that fails is done again one by one; a fact that fails alone becomes a
 * retried job, so one poisoned fact never holds up the rest.
 * @returns `advance`, to be called with the highest number of the log; calls that come meanwhile are joined
 */
export function startEffects(host: Host, effects: Effect[], onFailure: (effect: string) => void) {
  const running = new Map<string, Promise<void>>()
  let stopped = false
  let newest = 0
  const naps = new Set<() => void>()
  const nap = (ms: number) => new Promise<void>((resolve) => {
    const wake = () => (clearTimeout(timer), naps.delete(wake), resolve())
    const timer = setTimeout(wake, ms)
    naps.add(wake)
  })

  async function follow(effect: Effect) {
    let done = -1
    let isBehind = false
    while (!stopped && done < newest) {
      if (!isBehind) await nap(effect.gatherMs ?? GATHER_MS)
      const goal = newest
      try {
        done = await step(host, effect, goal, onFailure)
        isBehind = done < goal && !effect.unhurried
      } catch (error) {
        if (!isDatabaseAway(error)) host.log.error({ err: error, effect: effect.name }, 'effect stopped')
        // The next fact may be long in coming; what was missed is done as soon as it can be.
        setTimeout(() => stopped || advance(newest), TRY_AGAIN_MS).unref()
        break
      }
    }
    running.delete(effect.name)
  }
  function advance(seq: number) {
    newest = Math.max(newest, seq)
    for (const effect of effects) if (!running.has(effect.name)) running.set(effect.name, follow(effect))
  }
  const idle = async () => {
    while (running.size) {
      for (const wake of naps) wake()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  return { advance, idle, stop: async () => ((stopped = true), idle()) }
}

/** One batch; returns the number up to which the effect has heard everything. */
async function step(host: Host, effect: Effect, upTo: number, onFailure: (effect: string) => void): Promise<number> {
  try {
    return await inRepeatableWork(host, SYSTEM, async (ctx) => {
      const { events, from, to } = await listen(ctx, effect, upTo, BATCH)
      if (to === from) return upTo
      if (events.length) await effect.run(ctx, events)
      await remember(ctx, effect, to)
      return to
    })
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    return oneByOne(host, effect, upTo, onFailure)
  }
}

async function oneByOne(host: Host, effect: Effect, upTo: number, onFailure: (effect: string) => void): Promise<number> {
  let position = 0
  for (let i = 0; i < BATCH; i++) {
    const failed = await inRepeatableWork(host, SYSTEM, async (ctx) => {
      const { events, to } = await listen(ctx, effect, upTo, 1)
      position = to
      await remember(ctx, effect, to)
      if (!events.length) return null
      await effect.run(ctx, events)
      return null
    }).catch((error) => error as Error)
    if (failed) {
      if (isDatabaseAway(failed)) throw failed
      onFailure(effect.name)
      host.log.warn({ err: failed, effect: effect.name, seq: position }, 'effect failed, will be retried')
      await inTransaction(host, SYSTEM, async (ctx) => {
        await remember(ctx, effect, position)
        await enqueue(ctx.db, { name: 'retry-effect' }, { effect: effect.name, seq: position }, `${effect.name}:${position}`)
      })
    }
    if (position >= upTo) break
  }
  return position
}

async function listen(ctx: Ctx, effect: Effect, upTo: number, limit: number) {
  const cursor = await ctx.db.selectFrom('effect_cursors').select('seq').where('effect', '=', effect.name).forUpdate().executeTakeFirst()
  const from = cursor?.seq ?? 0
  if (from >= upTo) return { events: [], from, to: from }
  let query = ctx.db.selectFrom('events').selectAll().where('seq', '>', from).where('seq', '<=', upTo)
    .where('type', 'in', effect.on.map((e) => e.type)).orderBy('seq').limit(limit)
  if (!effect.history) query = query.where('quiet', '=', false)
  const events = (await query.execute()) as LoggedEvent[]
  return { events, from, to: events.length < limit ? upTo : events.at(-1)!.seq }
}

const remember = (ctx: Ctx, effect: Effect, seq: number) =>
  ctx.db.insertInto('effect_cursors').values({ effect: effect.name, seq })
    .onConflict((c) => c.column('effect').doUpdateSet({ seq })).execute()


/** The job that runs one fact through one effect again. */
export const retryEffect = (effects: Effect[]) =>
  defineJob<{ effect: string; seq: number }>('retry-effect', async (host, { effect: name, seq }) => {
    const effect = effects.find((e) => e.name === name)
    if (!effect) return
    await inTransaction(host, SYSTEM, async (ctx) => {
      const event = await ctx.db.selectFrom('events').selectAll().where('seq', '=', seq).executeTakeFirst()
      if (event) await effect.run(ctx, [event as LoggedEvent])
    })
  })
