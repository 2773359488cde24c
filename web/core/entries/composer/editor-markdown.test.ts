import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isFaithful, toBody, toDocument, toDraft } from './editor-markdown.ts'

const round = (body: string) => toBody(toDocument(body))

describe('keeps as written', () => {
  test.each(['a\nb', 'snake_case_name', '2 * 3 * 4 and AT&T', '*it* **bold** ~~gone~~ `code`', '- a\n- b\n  - c', '1. a\n2. b', '5. five\n6. six',
    '- [ ] a\n- [x] b', '```js\ncode *x*\n```', '> q\n> r', '@ann_b #topic_x :+1:', '#topic first', 'https://x.example/a_b_c?x=1&y=2',
    '[words](http://x.example/a_b)', '## Heading', '~5 min ~6 min', 'ann@example.com', 'a < b && c', '<div>hi</div>', '[x] not a task',
    '| a | b |\n| - | :-: |\n| 1 | 2 |', '電解液の**水分**が原因', '# 見出し\n\n本文', '---', 'www.example.com',
    '手順は**「確認」**です。', '**注意！**必ず~~（旧）~~読む', '***強「調」***だ', 'https://x.example/aを見て',
    '\\*not emphasis\\*', '\\# not a heading', '\\- not a list', '1\\. not a list'])('%j', (body) => {
    expect(round(body)).toBe(body)
  })
})

describe('loses nothing', () => {
  test.each(['***both***', '1. a\n\n   ```\n   x\n   ```', '**bold **x', '_a_ b', 'a  \nb', '[x]: http://foo.example', '+ a\n+ b', '1) x', '    indented', '- a\n\n  para\n- b', 'text ending\\',
    'a\n---\nb', '&amp; &lt;', '**a *b* c**', '> - a\n>   - b', 'a `` ` `` b', '<https://x.example>', '****', '* * *',
    '[a *b* c](http://x.example "title")', '**[l](http://x.example)** x', '| a \\| b | c |\n|---|---|\n| `x` | **y** |'])('%j', (body) => {
    expect(isFaithful(body)).toBe(true)
  })
})

test('says when the editor could not hold a body', () => {
  expect(isFaithful('![alt](http://x.example/i.png)')).toBe(false)
  expect(isFaithful('- [ ] a\n- b')).toBe(false)
})

test('moves spaces out of marks', () => {
  const bold = { type: 'text', text: ' bold ', marks: [{ type: 'bold' }] }
  expect(toBody({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a' }, bold, { type: 'text', text: 'b' }] }] })).toBe('a **bold** b')
})

test('escapes what was typed as words', () => {
  const typed = (text: string) => toBody({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })
  for (const text of ['*star*', '# no heading', '- no list', '1. no list', '> no quote', '`no code`', '[no](link)', '---', '~~no~~', '```', '| a |', '_x_', '<b>', '&amp;', '\\', '![a](b)'])
    expect(toDocument(typed(text)), text).toEqual({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] })
})

test('is empty for an empty document', () => {
  expect(toBody({ type: 'doc', content: [{ type: 'paragraph' }] })).toBe('')
})

const corpus = '../shared/data/commonmark/commonmark-0.31.2.json'
test.skipIf(!existsSync(corpus))('is settled after one round on published cases', () => {
  const cases: { markdown: string }[] = JSON.parse(readFileSync(corpus, 'utf8'))
  const unsettled = cases.map(({ markdown }) => round(markdown)).filter((body) => isFaithful(body) && round(body) !== body)
  expect(unsettled).toEqual([])
  expect(cases.filter(({ markdown }) => isFaithful(markdown)).length).toBeGreaterThan(cases.length * 0.8)
})

test('whoever is in the middle of a text keeps the space before the next word', () => {
  const textOf = (body: string) => toDraft(body).content?.at(-1)?.content?.at(-1)?.text
  expect(['jump ', 'jump', 'one\n\njump '].map(textOf)).toEqual(['jump ', 'jump', 'jump '])
  expect(toDraft(' ')).toEqual(toDocument(' '))
})

test('no space stands where a line begins or ends', () => {
  const words = (text: string) => ({ type: 'text', text })
  const body = toBody({ type: 'doc', content: [{ type: 'paragraph', content: [words(' @ann  '), { type: 'hardBreak' }, words(' see 😄 ')] }, { type: 'paragraph', content: [words('  ')] }] })
  expect(body).toBe('@ann\nsee 😄')
})

test('a mention that stands by its name is stored as it was written, and stays one beside what is written next to it', () => {
  const body = (...content: (string | [string, object?])[]) => toBody({ type: 'doc', content: [{ type: 'paragraph', content: content.map((one) => (typeof one === 'string'
    ? { type: 'text', text: one } : { type: 'mention', attrs: { written: one[0], name: 'Bob Miller' }, ...one[1] })) }] })
  expect(body('Hi ', ['@bob_m'], ', see')).toBe('Hi @bob_m, see')
  expect(body('助かりました', ['＠bob'], 'さん')).toBe('助かりました＠bobさん')
  expect(body(['@bob', { marks: [{ type: 'bold' }] }])).toBe('**@bob**')
  expect(body('x', ['@bob'], 'by')).toBe('x @bob by')
  expect(body(['@bob'], ['@eve'])).toBe('@bob @eve')
  expect(body(['@bob'], '. And ', ['@eve.x'], '.')).toBe('@bob. And @eve.x.')
})
