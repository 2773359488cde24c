import { expect, test } from 'vitest'
import { matchGroups } from './match.ts'

const before = new Map([['a', ['1', '2', '3', '4']], ['b', ['5', '6', '7', '8']], ['c', ['9', '10', '11']]])
const look = (now: string[][]) => {
  let n = 0
  return matchGroups(before, now, () => `new${++n}`)
}

test('a group keeps its identity while some come and go', () => {
  expect(look([['5', '6', '7', '12'], ['1', '2', '3', '4', '13'], ['9', '10', '11']])).toEqual({ ids: ['b', 'a', 'c'], changes: [] })
})

test('groups are born, go, merge and split', () => {
  expect(look([['1', '2', '3', '4', '5', '6', '7', '8'], ['20', '21']])).toEqual({
    ids: ['a', 'new1'],
    changes: [{ type: 'merged', id: 'b', others: ['a'] }, { type: 'gone', id: 'c', others: [] }, { type: 'born', id: 'new1', others: [] }],
  })
  expect(look([['1', '2'], ['3', '4'], ['5', '6', '7', '8'], ['9', '10', '11']])).toEqual({
    ids: ['a', 'new1', 'b', 'c'], changes: [{ type: 'split', id: 'new1', others: ['a'] }],
  })
})

test('the same question has the same answer', () => {
  const now = [['1', '2'], ['3', '4'], ['5', '6'], ['7', '8']]
  expect(look(now)).toEqual(look(now))
})
