import { expect, test } from 'vitest'
import { fc, rounds } from '../../../test/chance.ts'
import { excerptOf } from './excerpt.ts'
import { fold, foldWithPlaces } from './fold.ts'
import { parseQuery } from './grammar.ts'
import { pairQuery, pairsOf } from './pairs.ts'

const odd = ['ㄱ', 'ㅏ', 'ㄳ', '가', '\u11a8', '\u1161', '\u1100', 'ｶ', 'ﾞ', 'か', '\u3099', 'e', '\u0301', '\u00a8', ' ', '\n', '\u200b', '\u00ad', 'Σ', 'ς', 'İ', 'ﬁ', 'A', '\uffa0', 'ￂ', '㉮', '\ud83c', '\ud800', '𝒜', '🎉', '\u0f73', '’']
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 30 }), fc.string({ unit: fc.constantFrom(...odd), maxLength: 20 }))

test('folding twice is folding once, and folding with places is folding', () => {
  fc.assert(fc.property(anyText, (text) => {
    const folded = fold(text)
    expect(fold(folded)).toBe(folded)
    const { text: same, from, to } = foldWithPlaces(text)
    expect(same).toBe(folded)
    for (let i = 0; i < same.length; i++) expect(0 <= from[i] && from[i] < to[i] && to[i] <= text.length).toBe(true)
  }), { numRuns: rounds(3000) })
})

test('every part of a text has the pairs that are asked for', () => {
  const asked = (term: string) => (pairQuery(term) ?? '').split(/(?<=') & (?=')/).filter(Boolean).map((pair) => pair.replace(/^'|'(:\*)?$/g, '').replace(/(['\\])\1/g, '$1'))
  fc.assert(fc.property(anyText, fc.nat(30), fc.integer({ min: 1, max: 6 }), (text, from, length) => {
    const folded = fold(text)
    const term = fold([...folded].slice(from, from + length).join(''))
    const pairs = pairsOf(folded)
    for (const pair of asked(term)) expect(pairs.some((has) => has.startsWith(pair))).toBe(true)
  }), { numRuns: rounds(3000) })
})

test('an excerpt marks what was asked for, at the right place, within its length', () => {
  fc.assert(fc.property(fc.array(anyText, { maxLength: 60 }), fc.string({ unit: fc.constantFrom('a', 'Ｂ', '会', 'ｶ', 'ﾞ', 'e', '\u0301', 'ﬁ', '🎉', 'ß', '\u200b'), maxLength: 12 }), (around, word) => {
    const term = fold(word)
    if (!term) return
    const { text, marks } = excerptOf([...around.slice(0, 30), word, ...around.slice(30)].join(' '), [term])
    expect(text.length).toBeLessThan(300)
    expect(marks.length).toBeGreaterThan(0)
    let last = -1
    for (const [from, to] of marks) {
      expect(from > last && to > from && to <= text.length).toBe(true)
      last = to
    }
    const first = fold(text.slice(...marks[0]))
    expect(first.includes(term) || term.startsWith(first.slice(0, 20))).toBe(true)
  }), { numRuns: rounds(1500) })
})

test('marks that change places when a text is folded are still found where they stand', () => {
  expect(excerptOf('\u0301\uff9e \u0301', ['\u0301']).marks).toEqual([[0, 2], [3, 4]])
})

test('an excerpt of a long text begins shortly before the first hit', () => {
  const long = 'いろは '.repeat(3000)
  const { text, marks } = excerptOf(`${long}the needle${long}`, ['needle'])
  expect(text.slice(...marks[0])).toBe('needle')
  expect(text).toMatch(/^… .*needle.* …$/)
  expect(excerptOf(long, ['nothing'])).toMatchObject({ marks: [] })
})

test('a query is read as it is meant, and otherwise as it stands', () => {
  const nothing = { terms: [], without: [], from: [], in: [], kinds: [], hasFile: false, before: null, after: null }
  const cases: [string, object][] = [
    ['Dry  ROOM', { terms: ['dry', 'room'] }], ['"dry room" oven', { terms: ['dry room', 'oven'] }], ['“dry room”', { terms: ['dry room'] }], ['"open end', { terms: ['open end'] }],
    ['-wet -"dry room" --force - x', { without: ['wet', 'dry room'], terms: ['--force', '-', 'x'] }],
    ['from:Ann -from:@bob in:"Sales team" in：営業', { from: [{ name: 'Ann', not: false }, { name: '@bob', not: true }], in: [{ name: 'Sales team', not: false }, { name: '営業', not: false }] }],
    ['before:2024-02-29 after:1999-12-31', { before: '2024-02-29', after: '1999-12-31' }],
    ['before:2023-02-29 after:soon', { terms: ['before:2023-02-29', 'after:soon'] }],
    ['has:file HAS:files has:fun kind:update kind:notice', { hasFile: true, kinds: ['update'], terms: ['has:fun', 'kind:notice'] }],
    ['from: https://a.b "from:ann" x:"y z"', { terms: ['from:', 'https://a.b', 'from:ann', 'x:"y z"'] }],
    ['a　b\u0000c \u200b', { terms: ['a', 'b', 'c'] }], ['a a A', { terms: ['a'] }], ['"" "" -""', {}],
  ]
  for (const [text, expected] of cases) expect([text, parseQuery(text)]).toEqual([text, { ...nothing, ...expected }])
  expect(parseQuery('a b c d e f g h i j k l m n').terms).toHaveLength(12)
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => void parseQuery(text)))
})

test('time grows with the length of a text, not faster', () => {
  const time = (work: () => void) => Math.min(...[1, 2, 3].map(() => {
    const start = performance.now()
    work()
    return performance.now() - start
  }))
  const shapes = ['a', ' ', 'a ', '会', 'e\u0301', '\u0301', 'ﬁ', '\u200b', '"', '-a ', 'from:', '🎉', 'ㄱ', 'in:"']
  for (const shape of shapes) for (const work of [fold, (text: string) => pairsOf(fold(text)), (text: string) => excerptOf(text, ['zz', fold(shape).slice(0, 2) || 'x']), parseQuery]) {
    const long = shape.repeat(80_000 / shape.length)
    // A hundredth of what it takes when each letter meets each other.
    expect([shape, work.name, time(() => void work(long)) < 400]).toEqual([shape, work.name, true])
  }
})
