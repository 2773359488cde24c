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

  /** @throws Refusal 429 with `retry_after` (seconds) when the caller has no call left */
  take(caller: string, now = Date.now()): void {
    if (this.#buckets.size > 50_000) this.#forgetFull(now)
    const bucket = this.#buckets.get(caller) ?? { tokens: this.#perMinute, at: now }
    bucket.tokens = Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * this.#perMinute)
    bucket.at = now
    this.#buckets.set(caller, bucket)
    if (bucket.tokens < 1) {
      const seconds = Math.ceil(((1 - bucket.tokens) / this.#perMinute) * 60)
      throw new Refusal(429, 'too_many_requests', `Too many requests. Try again in ${seconds} s.`, { retry_after: seconds })
    }
    bucket.tokens -= 1
  }

  #forgetFull(now: number) {
    for (const [caller, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(caller)
  }
}
