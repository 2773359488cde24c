import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fc, rounds } from '../../test/chance.ts'
import type { Nodes } from 'mdast'
import { excerpt, findMentions, findTopics, longestBody, parse, pieces, plainText } from './text.ts'

test('finds the people a body mentions, once each, lower case', () => {
  expect(findMentions('Thanks @Ann, @bob.b and @ann! (@c-d) **@eve**')).toEqual(['ann', 'bob.b', 'c-d', 'eve'])
})

test('finds no mention in code, links or addresses', () => {
  expect(findMentions('`@ann` [@bob](http://x.example) ann@example.com https://x.example/@eve\n\n    @dan\n\n```\n@fay\n```')).toEqual([])
})

test('reads marks beside the signs of scripts that set no spaces as their writers mean them', () => {
  const shown = (node: Nodes): string => 'value' in node ? node.value : 'children' in node ? `${MARKS[node.type] ?? ''}${node.children.map(shown).join('')}${MARKS[node.type] ?? ''}` : ''
  const MARKS: Record<string, string> = { strong: '*', emphasis: '/', delete: '~' }
  const cases = [
    ['**終わり！**では', '*終わり！*では'], ['手順は**『確認』**です', '手順は*『確認』*です'], ['*（仮）*と~~【旧】~~は', '/（仮）/と~【旧】~は'], ['请看**“重点”**吧', '请看*“重点”*吧'], ['**确定？**好', '*确定？*好'],
    ['이것은**‘중요’**합니다', '이것은*‘중요’*합니다'], ['**ทดสอบ!**ต่อไป', '*ทดสอบ!*ต่อไป'], ['**བཀྲ་ཤིས་**བདེ', '*བཀྲ་ཤིས་*བདེ'], ['ה**"ארץ"**הזאת', 'ה*"ארץ"*הזאת'], ['__「強調」__な', '*「強調」*な'], ['***「強」***だ', '/*「強」*/だ'],
    ['𠮟**(a)**𠮟', '𠮟*(a)*𠮟'], ['| **「表」**の |\n|---|', '*「表」*の'], ['> **引。**用', '*引。*用'], ['snake_値_名', 'snake_値_名'], ['a**"b"**c', 'a**"b"**c'], ['2 * 3 * 4。', '2 * 3 * 4。'],
  ]
  for (const [body, expected] of cases) expect([body, shown(parse(body))]).toEqual([body, expected])
})

test('leaves the full stop after a mention to the sentence', () => {
  expect(pieces('Ask @ann.')).toEqual([
    { type: 'text', value: 'Ask ' }, { type: 'mention', value: '@ann', handle: 'ann' }, { type: 'text', value: '.' },
  ])
})

test('finds topics in any script', () => {
  expect(findTopics('#Lot88 #乾燥室、#Ärger #مرحبا ＃ライン4 C#sharp #12 # no a#b')).toEqual(['lot88', '乾燥室', 'ärger', 'مرحبا', 'ライン4'])
  expect(findTopics('# Heading\n\n`#code` https://x.example/#part')).toEqual([])
})

test('knows emoji names and leaves times of day alone', () => {
  expect(pieces('at 10:30:15 :+1: :party-parrot:').filter(piece => piece.type === 'emoji').map(piece => piece.name)).toEqual(['+1', 'party-parrot'])
})

test('a body that could hold no Markdown is its own words', () => {
  const signs = ['a', ' ', '\n', '\t', '1', '.', ')', '(', '!', '"', '\'', 'http://x.example', 'www.x.example', '@', 'x@y.example', '#', '-', ':', '=', '+', '>', '　', '\u00a0', '$', '%', '^', '/', '?', ';', ',', '\f', '\u2028', '日']
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...signs), maxLength: 25 }), (body) => {
    // An empty link before it makes the reader of Markdown take the long way.
    expect(plainText(body)).toBe(plainText(`[](u)\n\n${body}`))
  }), { numRuns: rounds(500) })
})

test('gives the words of a body without its Markdown', () => {
  expect(plainText('# Title\n\n- one **two**\n- [three](http://x.example)\n\n| a | b |\n|---|---|\n| c | d |\n\n`code` ![alt](u)'))
    .toBe('Title\none two\nthree\na b\nc d\ncode alt')
})

test('shows raw HTML as text and hides nothing', () => {
  expect(plainText('<b onclick=x>hi</b>')).toBe('<b onclick=x>hi</b>')
  expect(plainText('[a]: http://hidden.example "secret"')).toContain('secret')
  expect(plainText('a\n---\nb')).toBe('a\nb')
})

test('cuts an excerpt at a word, and never inside a character', () => {
  expect(excerpt('**Dry** room\nis fine', 12)).toBe('Dry room is…')
  expect(excerpt('電解液の水分が原因', 5)).toBe('電解液の…')
  expect(excerpt('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦…')
  expect(excerpt('short', 80)).toBe('short')
})

test('what would take long to read is kept as it was written, with its people, topics and links', () => {
  const body = `${'| *a* '.repeat(3000)}\n@ann #Lot88 https://x.example/#part ann@x.example`
  expect(plainText(body)).toBe(body)
  expect([findMentions(body), findTopics(body)]).toEqual([['ann'], ['lot88']])
  expect(JSON.stringify(parse(body))).toContain('"url":"https://x.example/#part"')
})

test('keeps all of a body that is too long', () => {
  const body = 'x '.repeat(longestBody)
  expect(plainText(body).replaceAll('\n', '').length).toBeGreaterThan(longestBody * 2 - 10)
})

const corpora = '../shared/data'
describe.skipIf(!existsSync(`${corpora}/commonmark`))('on published cases', () => {
  const bodies = (file: string): string[] => {
    const text = (value: unknown): string[] => typeof value === 'string' ? [value]
      : Array.isArray(value) ? value.flatMap(text) : value && typeof value === 'object' ? Object.values(value).flatMap(text) : []
    return text(JSON.parse(readFileSync(`${corpora}/${file}`, 'utf8')))
  }
  test.each(['commonmark/commonmark-0.31.2.json', 'commonmark/gfm-0.29-spec.json', 'commonmark/gfm-extensions.json',
    'commonmark/gfm-regression.json', 'xss-bluemonday/bluemonday-cases.json'])('%s', file => {
    const all = bodies(file)
    expect(all.length).toBeGreaterThan(20)
    for (const body of all) {
      expect(JSON.stringify(parse(body))).not.toContain('"type":"html"')
      findMentions(body)
      findTopics(body)
      expect(excerpt(body, 40).length).toBeLessThan(1_000)
    }
  })
})
