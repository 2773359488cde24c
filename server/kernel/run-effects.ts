import type { Host } from './context.ts'
import { inRepeatableWork, inTransaction, SYSTEM } from './context.ts'
import { isDatabaseAway } from './db.ts'
import { demandOwnNames } from './declared.ts'
import { meetEffects, readFacts, remember, saveIdle, take, WentBack } from './effect-cursors.ts'
import type { Effect } from './effects.ts'
import type { LoggedEvent } from './events.ts'
import { defineJob, enqueue } from './jobs.ts'
import { makeNaps, makeTurns } from './turns.ts'

const BATCH = 500
const TRY_AGAIN_MS = 1000
// Nobody waits for an effect as they do for a post: those who read along come first, and what is said meanwhile is one batch.
const GATHER_MS = 50
// An effect that heard nothing in so many facts has its cursor moved all the same; at a restart fewer are read again.
const IDLE_FACTS = 5000

/** One effect on its way through the log: `readTo` is how far it was read for it, `queue` what of it is still to be heard. */
type Follower = { effect: Effect; readTo: number; saved: number; queue: LoggedEvent[]; isWorking: boolean }

/**
 * Moves every effect through the log. The log is read once for all of them; each hears its facts in batches, in order, in
 * a transaction with its own cursor. A batch that fails is done again one by one; a fact that fails alone becomes a
 * retried job, so one poisoned fact never holds up the rest, and no effect another one.
 * Their commits do not wait for the disk: what a crash of the database takes along is heard again, because the cursors
 * there, and not what this process remembers of them, say where each effect is.
 * @returns `advance`, to be called with the highest number of the log; calls that come meanwhile are joined. `begins` when
 * this process has just begun to lead, or leads again after the database was away
 */
export async function startEffects(host: Host, effects: Effect[], onFailure: (effect: string) => void) {
  demandOwnNames(effects, 'effects')
  const cursors = await meetEffects(host, effects)
  const followers = effects.map((effect): Follower => {
    const seq = cursors.get(effect.name)!
    return { effect, readTo: seq, saved: seq, queue: [], isWorking: false }
  })
  // However many effects there are: requests keep most of the connections.
  const inTurn = makeTurns(Math.max(1, Math.floor(host.config.pool / 5)))
  const { nap, wakeAll } = makeNaps()
  let newest = 0
  let stopped = false
  let isReading = false
  let mustLook = false

  const hungry = () => followers.filter(({ readTo, queue }) => readTo < newest && queue.length < BATCH)

  async function read() {
    isReading = true
    await nap(GATHER_MS)
    while (!stopped && (mustLook || hungry().length)) {
      try {
        if (mustLook) await lookAtCursors()
        if (hungry().length) await readOn(hungry())
      } catch (error) {
        complain(error, null)
        await nap(TRY_AGAIN_MS)
      }
    }
    isReading = false
  }

  // Another process may have led for long, or the database has lost the end of what the effects heard here. Those that are
  // at work find out by themselves, at the cursor.
  async function lookAtCursors() {
    mustLook = false
    const cursors = await meetEffects(host, effects).catch((error) => {
      mustLook = true
      throw error
    })
    for (const follower of followers) if (!follower.queue.length && !follower.isWorking) goTo(follower, cursors.get(follower.effect.name)!)
  }

  const goTo = (follower: Follower, seq: number) => {
    follower.queue.length = 0
    follower.readTo = follower.saved = seq
  }

  // Those that are far behind are read for first; who is further hears what lies beyond the place where they are.
  async function readOn(readers: Follower[]) {
    const from = Math.min(...readers.map(({ readTo }) => readTo))
    const { facts, to } = await readFacts(host, readers.map(({ effect }) => effect), from, newest, BATCH)
    // Who went back meanwhile is read for again, from there.
    for (const follower of readers.filter(({ readTo }) => readTo >= from && readTo < to)) {
      follower.queue.push(...facts.filter((fact) => fact.seq > follower.readTo && hears(follower.effect, fact)))
      follower.readTo = to
      if (follower.queue.length && !follower.isWorking) void follow(follower)
    }
    const idle = followers.filter((f) => !f.queue.length && f.readTo > f.saved + IDLE_FACTS)
    if (idle.length) await save(idle)
  }

  async function save(idle: Follower[]) {
    await saveIdle(host, idle.map(({ effect, readTo, saved }) => ({ effect: effect.name, seq: readTo, saved })))
    for (const follower of idle) follower.saved = follower.readTo
  }

  async function follow(follower: Follower) {
    const { effect, queue } = follower
    follower.isWorking = true
    for (let isBehind = false; !stopped && queue.length;) {
      if (!isBehind) await nap((effect.gatherMs ?? GATHER_MS) - GATHER_MS)
      const batch = queue.slice(0, BATCH)
      const upTo = batch.length < queue.length ? batch.at(-1)!.seq : follower.readTo
      try {
        await inTurn(() => hear(host, follower, batch, upTo, onFailure))
        follower.saved = upTo
        queue.splice(0, batch.length)
        isBehind = queue.length > 0 && !effect.unhurried
        advance(newest)
      } catch (error) {
        if (error instanceof WentBack) goTo(follower, error.seq)
        else {
          complain(error, effect)
          await nap(TRY_AGAIN_MS)
        }
      }
    }
    follower.isWorking = false
    advance(newest)
  }

  function complain(error: unknown, effect: Effect | null) {
    if (!isDatabaseAway(error)) host.log.error({ err: error, effect: effect?.name }, 'effect stopped, trying again')
  }
  function advance(seq: number, begins = false) {
    newest = Math.max(newest, seq)
    mustLook ||= begins
    if (!isReading && !stopped && (mustLook || hungry().length)) void read()
  }
  const idle = async () => {
    while (isReading || followers.some(({ isWorking }) => isWorking)) {
      wakeAll()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const stop = async () => {
    stopped = true
    await idle()
    // What is not saved is read again, and passed over, at the next start.
    await save(followers.filter((f) => !f.queue.length && f.readTo > f.saved)).catch(() => {})
  }
  return { advance, idle, stop }
}

const hears = ({ on, history }: Effect, fact: LoggedEvent) => (history || !fact.quiet) && on.some(({ type }) => type === fact.type)

/** One batch, after which the effect has heard everything up to `upTo`. */
async function hear(host: Host, { effect, saved }: Follower, facts: LoggedEvent[], upTo: number, onFailure: (effect: string) => void): Promise<void> {
  try {
    await inRepeatableWork(host, SYSTEM, async (ctx) => {
      const news = await take(ctx, effect, facts, saved)
      if (news.length) await effect.run(ctx, news)
      await remember(ctx, effect, upTo)
    })
  } catch (error) {
    if (isDatabaseAway(error) || error instanceof WentBack) throw error
    let heard = saved
    for (const fact of facts) {
      await hearOne(host, effect, fact, heard, onFailure)
      heard = fact.seq
    }
  }
}

async function hearOne(host: Host, effect: Effect, fact: LoggedEvent, saved: number, onFailure: (effect: string) => void): Promise<void> {
  const failed = await inRepeatableWork(host, SYSTEM, async (ctx) => {
    const news = await take(ctx, effect, [fact], saved)
    if (news.length) await effect.run(ctx, news)
    await remember(ctx, effect, fact.seq)
    return null
  }).catch((error) => error as Error)
  if (!failed) return
  if (isDatabaseAway(failed) || failed instanceof WentBack) throw failed
  onFailure(effect.name)
  host.log.warn({ err: failed, effect: effect.name, seq: fact.seq }, 'effect failed, will be retried')
  await inTransaction(host, SYSTEM, async (ctx) => {
    await remember(ctx, effect, fact.seq)
    await enqueue(ctx.db, { name: 'retry-effect' }, { effect: effect.name, seq: fact.seq }, { key: `${effect.name}:${fact.seq}` })
  })
}

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
