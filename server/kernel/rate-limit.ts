import type { Bus } from './bus.ts'
import { Refusal } from './errors.ts'

type Bucket = { tokens: number; at: number }

/**
 * A token bucket for each caller, in memory: a burst of `perMinute` calls, refilled evenly.
 * Counting is synchronous, so calls that come in parallel are counted one by one.
 */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>()
  readonly #perMinute: number
  readonly #tell: (caller: string, cost: number) => void
  /** @param tell is told of what was taken, for other processes to `deduct` it as well */
  constructor(perMinute: number, tell: (caller: string, cost: number) => void = () => {}) {
    this.#perMinute = perMinute
    this.#tell = tell
  }

  /**
   * @param cost how many calls this one counts as, for work that is heavy on the server; at most a whole burst
   * @throws Refusal 429 with `retry_after` (seconds) when the caller has not so many calls left
   */
  take(caller: string, cost = 1, now = Date.now()): void {
    const seconds = this.#spend(caller, cost, now)
    if (seconds) throw new Refusal(429, 'too_many_requests', `Too many requests. Try again in ${seconds} s.`, { retry_after: seconds })
  }

  /** Takes a call where one is left, and says whether one was. */
  tryTake = (caller: string, now = Date.now()): boolean => this.#spend(caller, 1, now) === 0

  /** @returns the seconds to wait when there is not enough left; then nothing is taken */
  #spend(caller: string, wanted: number, now: number): number {
    const cost = Math.min(wanted, this.#perMinute)
    const bucket = this.#find(caller, now)
    if (bucket.tokens < cost) return Math.ceil(((cost - bucket.tokens) / this.#perMinute) * 60)
    bucket.tokens -= cost
    this.#tell(caller, cost)
    return 0
  }

  /** Takes what the caller has taken elsewhere; what was let through at the same moment in two places is forgiven. */
  deduct(caller: string, cost: number, now = Date.now()): void {
    const bucket = this.#find(caller, now)
    bucket.tokens = Math.max(0, bucket.tokens - cost)
  }

  #find(caller: string, now: number): Bucket {
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
    const bucket = this.#buckets.get(caller) ?? { tokens: this.#perMinute, at: now }
    bucket.tokens = Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * this.#perMinute)
    bucket.at = now
    this.#buckets.set(caller, bucket)
    return bucket
  }

  #forgetFull(now: number) {
    for (const [caller, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(caller)
  }
}

/**
 * Limits that hold for a caller in all processes together: each counts by itself, so that no request waits, and tells the
 * others. While they do not hear each other each of them grants the whole limit.
 * @returns makes a limit; its name is the same in every process
 */
export function shareLimits(bus: Bus): (name: string, perMinute: number) => RateLimit {
  const limits = new Map<string, RateLimit>()
  bus.hear('taken', (name, caller, cost) => limits.get(String(name))?.deduct(String(caller), Number(cost)))
  return (name, perMinute) => {
    const limit = new RateLimit(perMinute, (caller, cost) => bus.tell('taken', name, caller, cost))
    limits.set(name, limit)
    return limit
  }
}
