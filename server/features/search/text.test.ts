import { expect, test } from 'vitest'
import { fc, rounds } from '../../../test/chance.ts'
import { spanOf } from './dates.ts'
import { excerptOf } from './excerpt.ts'
import { fold, foldWithPlaces } from './fold.ts'
import { parseQuery } from './grammar.ts'
import { errorsBetween } from './known-words.ts'
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

test('accents, marks and letters that one keyboard has and another has not do not count; what is another letter does', () => {
  const same = [['Łódź', 'lodz'], ['smørrebrød', 'SMORREBROD'], ['Ἀθῆναι', 'αθηναι'], ['DİYARBAKIR', 'diyarbakır'], ['ŞIMARIK', 'simarik'], ['Đà Nẵng', 'da nang'], ['Fußgängerüberweg', 'FUSSGANGERUBERWEG'],
    ['ещё', 'еще'], ['за\u0301мок', 'замок'], ['שָׁלוֹם', 'שלום'], ['قُرْآن', 'قران'], ['أحمد', 'احمد'], ['مدرسة', 'مدرسه'], ['کتاب', 'كتاب'], ['cœur', 'coeur'], ['\u1e9e', 'ss'], ['re\u0301sume\u0301', 'resume']]
  for (const [written, asked] of same) expect([written, fold(written)]).toEqual([written, fold(asked)])
  const other = [['が', 'か'], ['ぱ', 'は'], ['йод', 'иод'], ['Київ', 'Киів'], ['ในที่', 'ในท'], ['हिन्दी', 'हनद'], ['각', '가']]
  for (const [one, another] of other) expect([one, fold(one)]).not.toEqual([one, fold(another)])
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
  const nothing = { terms: [], without: [], from: [], with: [], in: [], kinds: [], has: [], is: [], before: null, after: null, on: null, unknown: [] }
  const cases: [string, object][] = [
    ['Dry  ROOM', { terms: ['dry', 'room'] }], ['"dry room" oven', { terms: ['dry room', 'oven'] }], ['“dry room”', { terms: ['dry room'] }], ['"open end', { terms: ['open end'] }],
    ['-wet -"dry room" --force - x', { without: ['wet', 'dry room'], terms: ['--force', '-', 'x'] }],
    ['from:Ann -from:@bob in:"Sales team" in：営業', { from: [{ name: 'Ann', not: false }, { name: '@bob', not: true }], in: [{ name: 'Sales team', not: false }, { name: '営業', not: false }] }],
    ['before:2024-02-29 after:1999-12-31', { before: '2024-02-29', after: '1999-12-31' }],
    ['before:2023-02-29 after:soon on:yesterday', { unknown: ['before:2023-02-29', 'after:soon'], on: 'yesterday' }],
    ['after:last week ovens on:"letzten Monat" before:diese Woche', { after: 'last week', on: 'letzten Monat', before: 'diese Woche', terms: ['ovens'] }],
    ['with:ann is:unread is:Replies has:pictures has:link', { with: [{ name: 'ann', not: false }], is: ['unread'], has: ['image', 'link'], unknown: ['is:Replies'] }],
    ['has:file HAS:files has:fun kind:update kind:notice is:update', { has: ['file', 'file'], kinds: ['update', 'update'], unknown: ['has:fun', 'kind:notice'] }],
    ['from: https://a.b "from:ann" x:"y z"', { terms: ['from:', 'https://a.b', 'from:ann', 'x:"y z"'] }],
    ['a　b\u0000c \u200b', { terms: ['a', 'b', 'c'] }], ['a a A', { terms: ['a'] }], ['"" "" -""', {}],
  ]
  for (const [text, expected] of cases) {
    const { loose: _, ...query } = parseQuery(text)
    expect([text, query]).toEqual([text, { ...nothing, ...expected }])
  }
  expect(parseQuery('dry "oven" -wet room "a b"').loose).toEqual(['dry', 'room'])
  expect(parseQuery('a b c d e f g h i j k l m n').terms).toHaveLength(12)
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => void parseQuery(text)))
})

test('days are named in words, in both languages', () => {
  const today = '2026-03-04' // a Wednesday
  const cases: [string[], [string, string] | null][] = [
    [['2025-12-31'], ['2025-12-31', '2026-01-01']], [['2024-02'], ['2024-02-01', '2024-03-01']], [['2023'], ['2023-01-01', '2024-01-01']],
    [['today', 'Heute'], [today, '2026-03-05']], [['yesterday', 'gestern', '1 day', 'vor 1 Tag'], ['2026-03-03', today]], [['vorgestern', '2 days ago', 'vor 2 Tagen'], ['2026-03-02', '2026-03-03']],
    [['this week', 'diese Woche', 'dieser Woche'], ['2026-03-02', '2026-03-09']], [['last week', 'letzte Woche', 'vorige Woche', 'vergangenen Woche'], ['2026-02-23', '2026-03-02']],
    [['last month', 'letzten Monat', 'February', 'Februar'], ['2026-02-01', '2026-03-01']], [['this year', 'dieses Jahr'], ['2026-01-01', '2027-01-01']], [['last year', 'letztes Jahr'], ['2025-01-01', '2026-01-01']],
    [['march', 'März'], ['2026-03-01', '2026-04-01']], [['december', 'Dezember'], ['2025-12-01', '2026-01-01']],
    [['monday', 'last Monday', 'Montag'], ['2026-03-02', '2026-03-03']], [['wednesday', 'Mittwoch'], ['2026-02-25', '2026-02-26']], [['3 weeks', 'vor 3 Wochen'], ['2026-02-11', '2026-02-12']],
    [['soon', '2023-02-29', '2025-13', 'last', 'last oven', '1 oven', ''], null],
  ]
  for (const [written, span] of cases) for (const text of written) expect([text, spanOf(text, today)]).toEqual([text, span && { from: span[0], to: span[1] }])
})

test('a typing error is a letter missing, too many, wrong, or one that changed places with the next', () => {
  for (const [a, b, errors] of [['gripper', 'griper', 1], ['recieve', 'receive', 1], ['oven', 'ovens', 1], ['kettle', 'kettle', 0], ['label', 'lable', 1], ['oven', 'kettle', 6], ['a', '', 1]] as const)
    expect([a, b, errorsBetween(a, b)]).toEqual([a, b, errors])
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
