import { expect, test } from 'vitest'
import { markedParts, wordsOf } from './words.ts'

test('takes words and phrases and leaves operators', () => {
  expect(wordsOf('from:ann "dry room" lot in:cell-chemistry -no before:2025-01-01')).toEqual(['dry room', 'lot'])
})

test('marks what was found whatever the case, also in Japanese', () => {
  expect(markedParts('Lot 88 の水分', ['lot', '水分'])).toEqual([
    { text: 'Lot', isHit: true }, { text: ' 88 の', isHit: false }, { text: '水分', isHit: true },
  ])
})

test('takes signs as they are', () => {
  expect(markedParts('a.*b', ['.*']).filter((part) => part.isHit)).toEqual([{ text: '.*', isHit: true }])
})

test('marks overlapping words once', () => {
  expect(markedParts('batteries', ['batt', 'atte']).map((part) => part.text).join('')).toBe('batteries')
})
