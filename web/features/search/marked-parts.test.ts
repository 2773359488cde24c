import { expect, test } from 'vitest'
import { markedParts } from './marked-parts.ts'

test('marks what was found', () => {
  expect(markedParts('Lot 88 の水分', [[0, 3], [8, 10]])).toEqual([
    { text: 'Lot', isHit: true }, { text: ' 88 の', isHit: false }, { text: '水分', isHit: true },
  ])
})

test('loses no letter whatever the marks', () => {
  for (const marks of [[[0, 99]], [[3, 2]], [[0, 2], [1, 3]], [[2, 4], [0, 1]]] as [number, number][][])
    expect(markedParts('abcdef', marks).map((part) => part.text).join('')).toBe('abcdef')
})
