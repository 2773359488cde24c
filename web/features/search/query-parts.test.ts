import { expect, test } from 'vitest'
import { partAt, partsOf, replacePart, slugOf, valueOf } from './query-parts.ts'

test('a query is cut where the server cuts it', () => {
  expect(partsOf('from:ann "dry room" -in：倉庫 x:y has:').map(({ text, modifier, value }) => [text, modifier, value])).toEqual([
    ['from:ann', 'from', 'ann'], ['"dry room"', null, 'dry room'], ['-in：倉庫', 'in', '倉庫'], ['x:y', null, 'y'], ['has:', 'has', ''],
  ])
})

test('what is being written is completed in its place', () => {
  const q = 'oven from:ko before:today'
  const writing = partAt(q, 12)!
  expect(writing).toMatchObject({ modifier: 'from', value: 'ko' })
  expect(replacePart(q, writing, 'from:zala.kos')).toBe('oven from:zala.kos before:today')
  expect(replacePart('oven in:li', partAt('oven in:li', 10)!, 'in:line-4')).toBe('oven in:line-4 ')
  expect(replacePart(q, writing, '')).toBe('oven before:today')
  expect(partAt('oven ', 5)).toBeUndefined()
})

test('names are written so that they stay one piece', () => {
  expect([valueOf('last week'), valueOf('today'), slugOf('Línea 4: ramp-up!'), slugOf('電池 セル')]).toEqual(['"last week"', 'today', 'línea-4-ramp-up', '電池-セル'])
})
