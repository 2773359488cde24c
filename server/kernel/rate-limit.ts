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
    cost = Math.min(cost, this.#perMinute)
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
    const bucket = this.#buckets.get(caller) ?? { tokens: this.#perMinute, at: now }
    bucket.tokens = Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * this.#perMinute)
    bucket.at = now
    this.#buckets.set(caller, bucket)
    if (bucket.tokens < cost) {
      const seconds = Math.ceil(((cost - bucket.tokens) / this.#perMinute) * 60)
      throw new Refusal(429, 'too_many_requests', `Too many requests. Try again in ${seconds} s.`, { retry_after: seconds })
    }
    bucket.tokens -= cost
  }

  #forgetFull(now: number) {
    for (const [caller, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(caller)
  }
}
