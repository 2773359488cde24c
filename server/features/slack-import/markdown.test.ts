import type { Nodes } from 'mdast'
import { expect, test } from 'vitest'
import { fc, rounds } from '../../../test/chance.ts'
import { parse, plainText } from '../../kernel/text.ts'
import { toMarkdown } from './markdown.ts'
import { type Block, bold, code, italic, strike, text, words } from './prose.ts'

const paragraph = (...inlines: any[]): Block[] => [{ type: 'paragraph', inlines }]
const item = (level: number, value: string, number: number | null = null): Block => ({
  type: 'item',
  level,
  number,
  inlines: [text(value)],
})

test.each<[string, Block[], string]>([
  [
    'bold beside letters of a script without spaces',
    paragraph(text('これは'), text('重要', bold), text('です')),
    'これは**重要**です',
  ],
  [
    'bold that ends in punctuation moves it out',
    paragraph(text('の'), text('「引用」', bold), text('は')),
    'の「**引用**」は',
  ],
  ['bold over a space is one bold', paragraph(text('a', bold), text(' ', bold), text('b', bold)), '**a b**'],
  ['space at the edge is not bold', paragraph(text('a'), text(' b ', bold), text('c')), 'a **b** c'],
  ['bold beside bold italic share the bold', paragraph(text('a', bold), text('b', bold | italic)), '**ab**'],
  ['bold beside italic', paragraph(text('a', bold), text('b', italic)), '**a**b'],
  ['bold beside struck', paragraph(text('a', bold), text('b', strike)), '**a**~~b~~'],
  ['bold and struck', paragraph(text('x '), text('a', bold | strike), text(' y')), 'x ~~**a**~~ y'],
  ['code holding backticks', paragraph(text('a ` b', code)), '``a ` b``'],
  ['code beside code', paragraph(text('a', code), text('b', code | bold)), '`a`**`b`**'],
  ['a list with a list in it', [item(0, 'a'), item(1, 'b'), item(2, 'c'), item(0, 'd')], '- a\n  - b\n    - c\n- d'],
  [
    'numbers that go on after a list in between',
    [item(0, 'a', 1), item(1, 'x'), item(0, 'b', 2)],
    '1. a\n   - x\n2. b',
  ],
  ['two lists of different sorts', [item(0, 'a'), item(0, 'b', 3)], '- a\n\n3. b'],
  ['lines in an item', [item(0, 'a\nb\n\nc'), item(0, '# d')], '- a  \n  b  \n  c\n- \\# d'],
  [
    'a quote with code in it',
    [{ type: 'quote', blocks: [{ type: 'code', value: 'x\n\ny' }] }],
    '> ```\n> x\n>\n> y\n> ```',
  ],
  ['code that holds a fence', [{ type: 'code', value: '```\na\n```' }], '````\n```\na\n```\n````'],
])('%s', (_, blocks, markdown) => {
  expect(toMarkdown(blocks)).toBe(markdown)
})

// The signs that mean something somewhere, letters of several scripts, an emoji of two units, spaces.
const signs = [
  ...'*_~`[]()<>#+-=|!&;:.\\/@"\'1 ab酒は「」。',
  '\u3000',
  '🙌',
  '\n',
  'www.',
  'http://x',
  '&amp;',
  '  ',
  '\t',
  '```',
  '~~',
  '1. ',
  '- ',
]
const anyText = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => parts.join(''))
const anyInline = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(anyText, fc.nat(15)).map(([value, style]) => text(value, style)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('https://x.example/a_b*c', 'https://x.example/(a)'), anyText, fc.nat(15))
      .map(([url, value, style]) => ({
        type: 'link' as const,
        url,
        value: value.replace(/\s+/g, ' ').trim() || url,
        style,
      })),
  },
  { weight: 1, arbitrary: fc.nat(15).map((style) => ({ type: 'mention' as const, handle: 'ann.b_c', style })) },
)
const inlines = fc.array(anyInline, { minLength: 1, maxLength: 8 })
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  { weight: 4, arbitrary: inlines.map((list) => ({ type: 'paragraph' as const, inlines: list })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(3), fc.option(fc.nat(12)), inlines)
      .map(([level, number, list]) => ({ type: 'item' as const, level, number, inlines: list })),
  },
  {
    weight: 1,
    arbitrary: inlines.map((list) => ({
      type: 'quote' as const,
      blocks: [{ type: 'paragraph' as const, inlines: list }],
    })),
  },
  { weight: 1, arbitrary: anyText.map((value) => ({ type: 'code' as const, value })) },
)

// The renderer drops white space at the edges of lines and we add some before a mention; nothing else may differ.
const bare = (value: string) => value.replace(/[\s\u00a0]+/g, '')

test('every word that goes in is shown, in its order, whatever the signs around it', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 5 }), (blocks) => {
      expect(bare(plainText(toMarkdown(blocks)))).toBe(bare(words(blocks)))
    }),
    { numRuns: rounds(500) },
  )
})

// The renderer makes links of bare addresses by itself.
const noAddress = anyText.filter((value) => !/www|http|@/.test(value))

test('words make no headings, lists, quotes, tables, rules, pictures or links of their own', () => {
  fc.assert(
    fc.property(fc.array(noAddress, { minLength: 1, maxLength: 4 }), (texts) => {
      const kinds = new Set<string>()
      const visit = (node: Nodes): void => {
        kinds.add(node.type)
        if ('children' in node) node.children.forEach(visit)
      }
      visit(parse(toMarkdown(texts.map((value) => ({ type: 'paragraph', inlines: [text(value)] })))))
      expect([...kinds].filter((kind) => !['root', 'paragraph', 'text', 'break'].includes(kind))).toEqual([])
    }),
    { numRuns: rounds(500) },
  )
})

test('lines stay lines', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b *', '# c', '', 'd `', '- e', '> f'), { minLength: 1, maxLength: 8 }),
      (lines) => {
        const shown = plainText(toMarkdown([{ type: 'paragraph', inlines: [text(lines.join('\n'))] }])).split('\n')
        expect(shown.join('\n')).toBe(lines.filter((line) => line !== '').join('\n'))
      },
    ),
  )
})
