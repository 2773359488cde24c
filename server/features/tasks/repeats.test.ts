import { expect, test } from 'vitest'
import { nextDue, seriesOf } from './repeats.ts'

const VIENNA = 'Europe/Vienna'
const at = (now: string) => Date.parse(now)
const next = (rule: string, due: string, now: string, zone = VIENNA) => nextDue(seriesOf(rule, due, zone), due, zone, at(now))

test('days follow the rule, from the due date on and not in the past', () => {
  expect(next('FREQ=WEEKLY', '2026-12-07', '2026-12-06T12:00:00Z')).toBe('2026-12-14')
  expect(next('FREQ=WEEKLY', '2026-12-07', '2026-12-29T12:00:00Z')).toBe('2027-01-04')
  // What is late is done today, and is due today.
  expect(next('FREQ=DAILY', '2026-12-01', '2026-12-06T12:00:00Z')).toBe('2026-12-06')
  expect(next('FREQ=MONTHLY', '2027-01-31', '2027-01-31T12:00:00Z')).toBe('2027-03-31')
  expect(next('FREQ=MONTHLY;BYMONTHDAY=-1', '2027-01-31', '2027-01-31T12:00:00Z')).toBe('2027-02-28')
  expect(next('FREQ=YEARLY', '2028-02-29', '2028-02-29T12:00:00Z')).toBe('2032-02-29')
  expect(next('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-12-04', '2026-12-04T12:00:00Z')).toBe('2026-12-07')
})

test('times are those of the clock, in summer and winter, also where one is skipped', () => {
  expect(next('FREQ=WEEKLY', '2027-03-24T08:00:00Z', '2027-03-24T08:00:00Z')).toBe('2027-03-31T07:00:00.000Z')
  expect(next('FREQ=WEEKLY', '2026-10-22T07:00:00Z', '2026-10-22T07:00:00Z')).toBe('2026-10-29T08:00:00.000Z')
  expect(next('FREQ=DAILY', '2027-03-27T01:30:00Z', '2027-03-27T02:00:00Z')).toBe('2027-03-28T01:30:00.000Z')
  expect(next('FREQ=DAILY', '2027-03-28T01:30:00Z', '2027-03-28T02:00:00Z', 'UTC')).toBe('2027-03-29T01:30:00.000Z')
})

test('an end in UTC is the one that the clock shows then', () => {
  expect(next('FREQ=DAILY;UNTIL=20261208T225959Z', '2026-12-07T22:30:00Z', '2026-12-07T22:30:00Z')).toBe('2026-12-08T22:30:00.000Z')
  expect(nextDue(seriesOf('FREQ=DAILY;UNTIL=20261208T225959Z', '2026-12-07T22:30:00Z', VIENNA), '2026-12-08T22:30:00.000Z', VIENNA, at('2026-12-08T22:30:00Z'))).toBeNull()
})
