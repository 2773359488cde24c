/**
 * Texts of every construct of Markdown as we read it, in any length: what is written here says nothing about which of
 * them any reader finds hard. A test measures each at some length and at twice of it.
 */
export type Construct = { name: string; make: (length: number) => string }

/** A sign, or a few, again and again. */
const again = (sign: string): Construct => ({ name: JSON.stringify(sign), make: (length) => sign.repeat(Math.ceil(length / sign.length)).slice(0, Math.floor(length)) })

/** One beginning, then the same again and again, then one end. */
const between = (start: string, sign: string, end = ''): Construct =>
  ({ name: JSON.stringify([start, sign, end]), make: (length) => start + again(sign).make(Math.max(0, length - start.length - end.length)) + end })

/** The first half of the text of one thing, the second half of another: what opens and what closes. */
const halves = (first: string, second: string): Construct =>
  ({ name: JSON.stringify([first, '…', second]), make: (length) => again(first).make(length / 2) + again(second).make(length / 2) })

/** Pieces that grow by one: of fences and backticks every length is another sign. */
const growing = (name: string, piece: (n: number) => string): Construct => ({
  name, make: (length) => {
    let text = ''
    for (let n = 1; text.length < length; n++) text += piece(n)
    return text.slice(0, length)
  },
})

const SIGNS = [
  // delimiters
  '*', '_', '~', '~~', '*a ', ' a*', '**a', '**a ', 'a**', '_a ', '_a_', '*a*', '***a', '*_', '*_a', '*a_ ', '~~a', '~~a ', 'a~~ ', '~a~~', '*a**', '**a*', 'a**b c* ', '* * ', '*** ', '*a _b ',
  // brackets, links, pictures
  '[', ']', '![', '[]', '[]()', '[](', '![](', '[a](', '[a](b', '[a](b)', '[a](<b', '[a](b "', '[a](b "c', '[a]', '[a][', '[a][b]', '[a][]', '![a]', '![a](b)', '[[a](b)', '[a](b)]', '](', ')', '(', '\\[', '[\\]', '[a]: b\n', '[a]: b "c\n', '[a]:\n', '[^a]', '[^a]: b\n', '[^', '[x] ', '- [ ] a\n', '- [x]\n',
  // links without brackets
  '<', '<a', '<a ', '<http://a>', '<http://a', '<a@b.c>', '<a@b', 'http://', 'http://a', 'http://a.b ', 'https://a.b/', 'http://a.b/(', 'http://a.b/) ', 'http://a.b.', 'http://a_b.', 'http://a.b&c;', 'http://a.b?', 'www.', 'www.a', 'www.a ', 'www.a.b ', '(www.a', '*www.a', '_www.a', '[www.a', '~www.a', 'www.a.b/', 'www.a_', 'www._', 'a@', 'a@b', 'a@b.', 'a@b.c', 'a@b.c ', 'a.', 'a-', 'a+', 'a_', '@a.b', '@', '.@', 'mailto:a@b.c ', 'xmpp:a@b.c/', 'h', 'w', '://', 'ftp://a.b ', 'www.a.b/]', 'www.a.b/[', 'http://a.b/&amp;',
  // html and entities
  '<!--', '-->', '<!-- a', '<?', '<?a', '<![CDATA[', '<!A', '</a', '</a>', '<a b="', '<a b=c ', '<a>', '<div>\n', '<a\n', '&', '&a', '&amp', '&amp;', '&#', '&#x', '&#1;', '&#x1;', '&a;', '\\', '\\\\', '\\a', '\\*', '\\\n',
  // code
  '`', '``', '` ', '`a', '`a`', '`` `', '```', '```\n', '```a\n', '~~~\n', '    a\n', '\ta\n', '`\n', '` a\n', '\\`', '```a`\n',
  // containers
  '>', '> ', '>a\n', '> a\n', '> a\n\n', '> a\nb\n', '>> a\n', '> a\n>> b\n', '> > ', '- ', '- a\n', '-\n', '-\n\n', '- a\n\n', '- a\n  b\n', '- a\nb\n', '+ a\n', '* a\n', '\t- a\n', '1. ', '1. a\n', '1) a\n', '1) ', '9. a\n', '- - ', '- > ', '> - a\n', '> 1. a\n', '- 1. a\n', '-\ta\n', '- ```\n', '> ```\n', '> |\n', '- |a|\n', '- # a\n',
  // headings, rules, tables
  '#', '# ', '# a\n', '###### a #\n', '####### ', '# #', '=', '=\n', 'a\n=\n', 'a\n-\n', 'a\n---\n', '-', '--- ', '---\n', '***\n', '_ ', '|', '|x', '|x|', '|\n', '|a\n', '|a|\n', '|-|\n', '|a|\n|-|\n', 'a|b\n-|-\n', 'a|b\n-|-\nc|d\n', '|-', '-|', ':-', ':-:|', '\\|', '|\\|', 'a|', '|`|`', '|a|\n|-|\n\n', '|:-|\n', '|*a|',
  // words, signs of ours, unicode
  ' ', '\n', '\r', '\r\n', '\t', ' \n', '  \n', 'a', 'a ', 'a\n', 'a\n\n', ' a', '\0', 'é', 'e\u0301', '\u0301', '日', '日本 ', '。', '，', '\u00a0', '\u3000', '\u200b', '\u200d', '\u202e', '\u2028', '\ud800', '\udc00', '👩‍👩‍👧', '👍🏽', '#a', '#a ', '@a ', '@a.-', '#a-_', ':a', ':a:', '::', '＃ア ', '#', ':+1:', '.', '-a', '!', '"', '\'', '\ufeff', 'ﷺ', 'İ', 'ß', '한', '\u1100', '&nbsp;', 'a:', '1', '1.', '1:', '$', '%', '/', 'a/', '?', ';',
]

const PAIRS: [string, string][] = [
  ['[', ']'], ['![', ']'], ['[a](', ')'], ['[', '](a)'], ['![', '](a)'], ['*', 'a*'], ['**a', 'a**'], ['*a ', 'a* '], ['_a ', 'a_ '], ['*a _b ', 'c_ d* '], ['~~a ', 'a~~ '], ['*a ', 'a_ '],
  ['<', '>'], ['(', ')'], ['>', ' a\n'], ['> ', '\na'], ['- ', '\na'], ['- ', 'a\n'], ['`', 'a `` '], ['<!--', '-->'], ['|a', '\n|-|'], ['www.a.b/(', ')'], ['http://a.b/[', ']'], ['a@b.c ', '['], ['[', 'a@b.c '], ['[', 'www.a.b '], ['[', 'http://a.b '], ['*', 'http://a.b '], ['\\', '`'], ['&', ';'], ['a.', '@b.c '], ['[a', '](b '], ['|', '\n|-'],
]

const FRAMES: [string, string, string?][] = [
  ['> ', 'a\n'], ['- ', 'a\n'], ['1. ', 'a\n'], ['- a\n', '  b\n'], ['- a\n', '    b\n'], ['> - a\n', 'b\n'], [`${'>'.repeat(16)} `, 'a\n'], [`${'>'.repeat(8)} `, 'a\n> b\n'], ['|a|\n|-|\n', '|x'], ['|a|\n|-|\n', '|x|\n'], ['|a|\n|-|\n', 'x\n'], ['|a|b|\n|-|-|\n', '|*x|y\n'], ['|a|\n|-|\n|', '\\|'], ['|a|\n|-|\n|', '`|'], ['|a|\n|-|\n', '|x|y|z|\n'], ['|a|\n|-|\n', '| www.a.b | a@b.c |\n'], ['> |a|\n> |-|\n', '> |x|\n'], ['> |a|\n> |-|\n', '|x|\n'], ['- |a|\n  |-|\n', '  |x|\n'],
  [`|${'a|'.repeat(500)}\n|${'-|'.repeat(500)}\n`, 'x\n'], [`|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n`, '|x|\n'], [`|${'a|'.repeat(30)}\n|${'-|'.repeat(30)}\n`, 'x\n'],
  ['[a](', '('], ['[a](', '\\('], ['[a](<', '\\<'], ['[a](b "', '\\"'], ['[', '\\]'], ['[', 'a\n', ']'], ['a**b', 'c* '], ['`', 'a\n'], ['``', '`a '], ['```\n', 'a\n'], ['```\n', '``\n'], ['> ```\n', '> a\n'], ['- ```\n', '  a\n'], ['    ', 'a\n    '], ['<a ', 'b=c '], ['<a b="', '\n'], ['<!--', '-'], ['# ', '#'], ['# ', '*a '], ['# ', ' #'], ['*', 'a\n', '*'], ['www.', 'a.'], ['www.', 'a-'], ['www.a.b/', '.'], ['www.a.b/', ')'], ['www.a.b/', '&a;'], ['www.a.b', '.'], ['http://', 'a.'], ['http://a.b/', '&'], ['http://a.b/', '*'], ['http://a.b/', '?!'], ['http://a.b/', '(.'], ['a', '.a', '@b.c'], ['a@', 'b.'], ['a@b', '.c'], ['a@', 'b-'], ['@', 'a.'], ['#', 'a-'], [':', 'a'], ['[^a]: b\n', '    c\n'], ['[a]: ', '<'], ['[a]: b "', '\n'], ['a\n', '=\n'], ['[x](y) ', '*a*'], ['&#x', '0'], ['&', 'a', ';'],
]

const GROWING = [
  growing('ticks of every length', (n) => `${'`'.repeat(n)} `), growing('ticks and words', (n) => `${'`'.repeat(n)}a`), growing('stars of every length', (n) => `${'*'.repeat(n)}a `), growing('lines of stars', (n) => `a${'*'.repeat(n)}\n`),
  growing('tildes of every length', (n) => `${'~'.repeat(n)} `), growing('deeper lists', (n) => `${'  '.repeat(n)}- a\n`), growing('deeper lists, to a depth', (n) => `${'  '.repeat(n % 12)}- a\n`), growing('deeper lists of numbers', (n) => `${'   '.repeat(n % 9)}1. a\n`), growing('deeper quotes', (n) => `${'>'.repeat(n)} a\n`), growing('deeper quotes, to a depth', (n) => `${'>'.repeat(n % 14)} a\n`),
  growing('quotes by turns', (n) => `${n % 2 ? '> ' : '- '}a\n`), growing('lists by turns', (n) => `${'-+*'[n % 3]} a\n`), growing('numbers', (n) => `${n}. a\n`), growing('wider tables', (n) => `${'|a'.repeat(n)}|\n${'|-'.repeat(n)}|\n\n`), growing('wider rows', (n) => n === 1 ? '|a|\n|-|\n' : `${'|a'.repeat(n)}|\n`), growing('deeper brackets', (n) => `${'['.repeat(n)}a${']'.repeat(n)} `), growing('deeper links', (n) => `${'['.repeat(n)}a${'](b)'.repeat(n)} `),
  growing('headings', (n) => `${'#'.repeat(n % 8)} a\n`), growing('fences', (n) => `${'`'.repeat(3 + n % 40)}\na\n`), growing('indentation', (n) => `${' '.repeat(n % 60)}a\n`), growing('words of every length', (n) => `${'a'.repeat(n)} `), growing('definitions', (n) => `[a${n}]: b\n`), growing('notes', (n) => `[^${n}] `),
]

/** Every construct alone, opened and closed, and within others. */
export const CONSTRUCTS: Construct[] = [...SIGNS.map(again), ...PAIRS.map(([a, b]) => halves(a, b)), ...FRAMES.map((frame) => between(...frame)), ...GROWING]

/** A mixture of a few constructs, the same for the same seed. */
export function mixture(seed: number): Construct {
  let state = seed * 7919 + 1
  const random = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n
  const few = Array.from({ length: 2 + random(4) }, () => SIGNS[random(SIGNS.length)])
  const order = Array.from({ length: 97 }, () => few[random(few.length)].repeat(1 + random(6))).join('')
  return { name: JSON.stringify(few), make: again(order).make }
}

