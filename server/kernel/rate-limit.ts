import { Refusal } from './errors.ts'

type Bucket = { tokens: number; at: number }

/**
 * A token bucket for each caller, in memory: a burst of `perMinute` calls, refilled evenly.
 * Counting is synchronous, so calls that come in parallel are counted one by one.
 */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>()
  readonly #perMinute: number
  constructor(perMinute: number) {
    this.#perMinute = perMinute
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
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
    const bucket = this.#buckets.get(caller) ?? { tokens: this.#perMinute, at: now }
    bucket.tokens = Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * this.#perMinute)
    bucket.at = now
    this.#buckets.set(caller, bucket)
    if (bucket.tokens < cost) return Math.ceil(((cost - bucket.tokens) / this.#perMinute) * 60)
    bucket.tokens -= cost
    return 0
  }

  #forgetFull(now: number) {
    for (const [caller, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(caller)
  }
}
