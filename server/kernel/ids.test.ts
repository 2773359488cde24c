import { expect, test } from 'vitest'
import { fc } from '../../test/chance.ts'
import { idAt, idFloor, isUuid, newId, timeOf, ZERO_ID } from './ids.ts'

test('new ids ascend, also many within one millisecond, and carry their time', () => {
  const before = Date.now()
  const ids = Array.from({ length: 20_000 }, newId)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.every(isUuid)).toBe(true)
  expect(timeOf(ids[0])).toBeGreaterThanOrEqual(before)
  // Version 7, variant 10 (RFC 9562).
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('the id of a moment sorts by that moment, to a few ten-thousandths of a second, and is the same for the same entropy', () => {
  const moment = fc.double({ min: 0, max: 4e12, noNaN: true })
  fc.assert(fc.property(moment, moment, (a, b) => {
    const [x, y] = [idAt(a), idAt(b)]
    if (Math.abs(a - b) > 0.001) expect(x < y).toBe(a < b)
    expect(timeOf(x)).toBe(Math.floor(a))
    expect(idFloor(a) <= x).toBe(true)
    expect(x > ZERO_ID).toBe(true)
  }))
  expect(idFloor(-259_200_000)).toBe(idFloor(0))
  const entropy = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])
  expect(idAt(1_700_000_000_000.125, entropy)).toBe(idAt(1_700_000_000_000.125, entropy))
})

test('what is not a UUID is none', () => {
  for (const text of ['', 'x', ZERO_ID.slice(1), `${ZERO_ID} `, '------------------------------------', "1' or '1'='1"]) expect(isUuid(text)).toBe(false)
})
