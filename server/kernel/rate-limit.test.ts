import { expect, test } from 'vitest'
import { Refusal } from './errors.ts'
import { RateLimit } from './rate-limit.ts'

const refusal = (work: () => void): Refusal | null => {
  try {
    work()
    return null
  } catch (error) {
    return error as Refusal
  }
}

test('lets a burst through, then one call at a time as the minute passes', () => {
  const limit = new RateLimit(5)
  for (let i = 0; i < 5; i++) limit.take('ann', 1, 0)
  const refused = refusal(() => limit.take('ann', 1, 0))
  expect(refused).toMatchObject({ status: 429, code: 'too_many_requests', extra: { retry_after: 12 } })
  // The wait that was named is long enough.
  limit.take('ann', 1, 12_000)
  expect(refusal(() => limit.take('ann', 1, 12_001))?.status).toBe(429)
})

test('counts each caller for themselves, and never gives more than one burst back', () => {
  const limit = new RateLimit(2)
  limit.take('ann', 1, 0)
  limit.take('ann', 1, 0)
  limit.take('bob', 1, 0)
  const later = 3_600_000
  limit.take('ann', 1, later)
  limit.take('ann', 1, later)
  expect(refusal(() => limit.take('ann', 1, later))).toBeInstanceOf(Refusal)
})

test('forgets callers that were away, so that many of them do not fill the memory', () => {
  const limit = new RateLimit(60)
  for (let i = 0; i < 50_001; i++) limit.take(`caller ${i}`, 1, 0)
  limit.take('one more', 1, 120_000)
  expect(refusal(() => limit.take('caller 1', 1, 120_000))).toBeNull()
})

test('a heavy call counts as many, and as no more than a whole burst', () => {
  const limit = new RateLimit(100)
  limit.take('ann', 60, 0)
  expect(refusal(() => limit.take('ann', 60, 0))?.extra).toEqual({ retry_after: 12 })
  limit.take('ann', 40, 0)
  expect(refusal(() => limit.take('bob', 500, 0))).toBeNull()
})
