import { expect, test } from 'vitest'
import { momentAt, shownIn, usualMoments } from './moments.ts'

const iso = (zone: string, shown: string) => momentAt(zone, shown).toISOString()
const usual = (zone: string, now: string) => Object.fromEntries(usualMoments(zone, Date.parse(now)).map(({ name, at }) => [name, at.toISOString()]))

test('a clock of a zone is turned into a moment, in winter, in summer, and on the days between', () => {
  expect(iso('Europe/Vienna', '2026-12-01T09:00')).toBe('2026-12-01T08:00:00.000Z')
  expect(iso('Europe/Vienna', '2026-07-01T09:00')).toBe('2026-07-01T07:00:00.000Z')
  expect(iso('Asia/Kolkata', '2026-12-01T09:00')).toBe('2026-12-01T03:30:00.000Z')
  expect(iso('America/Los_Angeles', '2026-11-01T09:00')).toBe('2026-11-01T17:00:00.000Z')
  expect(iso('Europe/Vienna', '2027-03-28T09:00')).toBe('2027-03-28T07:00:00.000Z')
  expect(shownIn('Asia/Tokyo', Date.parse('2026-12-01T20:30:00Z'))).toBe('2026-12-02T05:30')
})

test('later today, tomorrow and Monday are those of the person, wherever they are', () => {
  // A Thursday: in Vienna it is 14:10, in Auckland Friday already.
  const now = '2026-11-26T13:10:00Z'
  expect(usual('Europe/Vienna', now)).toEqual({ later_today: '2026-11-26T16:30:00.000Z', tomorrow: '2026-11-27T08:00:00.000Z', monday: '2026-11-30T08:00:00.000Z' })
  expect(usual('Pacific/Auckland', now)).toEqual({ later_today: '2026-11-26T16:30:00.000Z', tomorrow: '2026-11-27T20:00:00.000Z', monday: '2026-11-29T20:00:00.000Z' })
})

test('late in the evening nothing is left of today, and on Sunday tomorrow is Monday', () => {
  expect(Object.keys(usual('Europe/Vienna', '2026-11-26T21:00:00Z'))).toEqual(['tomorrow', 'monday'])
  expect(usual('Europe/Vienna', '2026-11-29T21:00:00Z')).toEqual({ tomorrow: '2026-11-30T08:00:00.000Z' })
  expect(usual('Europe/Vienna', '2026-11-30T10:00:00Z').monday).toBe('2026-12-07T08:00:00.000Z')
})
