import { expect, test } from 'vitest'
import type { Entry } from '../../kernel/types.ts'
import { dayName } from './day-name.ts'
import { placeInPages, placeInStrip } from './entry-lists.ts'
import { isOnlyEmoji } from './only-emoji.ts'
import { before } from './strips.ts'

const entry = (id: string) => ({ id, active_id: id }) as Entry
const ids = (items: { id: string }[]) => items.map(({ id }) => id).join('')

test('a strip takes an entry in its place, and once', () => {
  const strip = { items: ['b', 'd'].map(entry), earlier: null, later: null }
  expect(ids(placeInStrip(placeInStrip(placeInStrip(strip, entry('c')), entry('a')), entry('c')).items)).toBe('abcd')
})

test('a strip leaves out what belongs beyond its ends', () => {
  const strip = { items: ['b', 'd'].map(entry), earlier: 'b', later: 'd' }
  expect(ids(placeInStrip(placeInStrip(strip, entry('a')), entry('e')).items)).toBe('bd')
})

test('pages take an entry in its place and let it move', () => {
  const data = { pages: [{ items: ['f', 'd'].map(entry), next: 'd' }, { items: ['b'].map(entry), next: 'b' }], pageParams: [] }
  const place = (id: string, active = id) => placeInPages(data, { id, active_id: active } as Entry, (item) => item.active_id).pages.map((page) => ids(page.items)).join('|')
  expect(place('g')).toBe('gfd|b')
  expect(place('c')).toBe('fd|cb')
  expect(place('a')).toBe('fd|b')
  expect(place('b', 'z')).toBe('bfd|')
})

test('the id below another', () => {
  expect(before('01a20129-9ff6-7000-bb8a-e5dbcff29230')).toBe('01a20129-9ff6-7000-bb8a-e5dbcff2922f')
  expect(before('01a20129-9ff6-7000-bb8a-000000000000')).toBe('01a20129-9ff6-7000-bb89-ffffffffffff')
})

test('only emoji are shown large', () => {
  expect(['👍', '👩‍👩‍👧‍👦 🎉', '🇸🇮'].every(isOnlyEmoji)).toBe(true)
  expect(['ok 👍', '1', '👍👍👍👍', ''].some(isOnlyEmoji)).toBe(false)
})

test('days have names', () => {
  const t = ((key: string) => (key === 'kernel:locale' ? 'en-GB' : key)) as never
  const now = new Date(2026, 10, 22, 12).getTime()
  expect(dayName(t, new Date(2026, 10, 22, 1).toISOString(), now)).toBe('Today')
  expect(dayName(t, new Date(2026, 10, 21, 23).toISOString(), now)).toBe('Yesterday')
  expect(dayName(t, new Date(2026, 0, 5).toISOString(), now)).toBe('Monday 5 January')
  expect(dayName(t, new Date(2023, 0, 5).toISOString(), now)).toBe('5 January 2023')
})
