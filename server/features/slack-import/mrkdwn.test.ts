import { expect, test } from 'vitest'
import { plainText } from '../../kernel/text.ts'
import { toMarkdown } from './markdown.ts'
import { fromMrkdwn } from './mrkdwn.ts'
import type { Names } from './prose.ts'

const handles: Record<string, string> = { U1: 'ann', U2: 'bob.b' }
const notes: string[] = []
const names: Names = {
  handle: (id) => handles[id] ?? null,
  channel: (id, label) => (id === 'C1' ? { name: 'general', url: '/spaces/s1' } : { name: label || id, url: null }),
  permalink: (url) => (url.includes('/archives/C1/') ? '/e/e1' : null),
  note: (code, sample) => void notes.push(`${code} ${sample}`),
}
const convert = (text: string) => toMarkdown(fromMrkdwn(text, names))

test.each([
  ['*bold* _it_ ~gone~ `code`', '**bold** *it* ~~gone~~ `code`'],
  ['*_both_* and _*both*_', '***both*** and ***both***'],
  ['*not bold * nor*this and*that', '\\*not bold * nor\\*this and\\*that'],
  ['snake_case_word and 2*3*4', 'snake_case_word and 2\\*3\\*4'],
  ['hi <@U1>, hi <@U2|bob>', 'hi @ann, hi @bob.b'],
  ['こんにちは<@U1>さん', 'こんにちは @annさん'],
  ['<@U1>s bike and <@U1>.', '@ann s bike and @ann.'],
  ['<@U999> <@U998|carl>', '`@U999` `@carl`'],
  ['see <#C1|general> and <#C9|secret plans> and <#C8>', 'see [#general](/spaces/s1) and `#secret plans` and `#C8`'],
  ['<!here> <!channel|@channel> <!everyone>', '@here @channel @everyone'],
  ['<!subteam^S1|@engineers> <!date^1392734382^{date}|Feb 18, 2014>', '@engineers Feb 18, 2014'],
  ['<https://x.example/a_b?c=d&amp;e=f>', '<https://x.example/a_b?c=d&e=f>'],
  ['<https://x.example|the [site]>', '[the \\[site\\]](https://x.example)'],
  ['<https://x.example/(a)|a>', '[a](<https://x.example/(a)>)'],
  ['<mailto:a@x.example|a@x.example>', '[a@x.example](mailto:a@x.example)'],
  ['<javascript:alert(1)|click> <file:///etc/passwd>', 'click (javascript:alert(1)) file\\:///etc/passwd'],
  [
    '<https://acme.slack.com/archives/C1/p1700000001000100>',
    '[https\\://acme.slack.com/archives/C1/p1700000001000100](/e/e1)',
  ],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt; <b>', '1 < 2 && 3 > 2 \\&lt; \\<b>'],
  ['&gt; quoted\n&gt; more\nplain', '> quoted  \n> more\n\nplain'],
  ['before\n&gt;&gt;&gt; all\nthe rest', 'before\n\n> all  \n> the rest'],
  ['```\ncode *not bold* <https://x.example|x> &amp;\n```after', '```\ncode *not bold* x &\n```\n\nafter'],
  ['a ``` unclosed', 'a \\`\\`\\` unclosed'],
  ['`<https://x.example>` `a*b`', '[`https://x.example`](https://x.example) `a*b`'],
  ['one\ntwo\n\nthree', 'one  \ntwo\n\nthree'],
  [':tada::tada: :clap::skin-tone-3: :partyparrot: 10:30:45', '🎉🎉 👏🏼 :partyparrot: 10:30:45'],
  [
    '# no heading\n- no list\n1. no list\n+ x\n> no quote',
    '\\# no heading  \n\\- no list  \n1\\. no list  \n\\+ x  \n\\> no quote',
  ],
  ['a | b\n--|--\n=====\n---', 'a | b  \n\\--|--  \n\\=====  \n\\---'],
  ['[a](https://x.example) ![b](c) [c]: d', '\\[a](https\\://x.example) !\\[b](c) \\[c]: d'],
  ['    indented\n\ttab', '\u00a0\u00a0\u00a0\u00a0indented  \n\u00a0\u00a0\u00a0\u00a0tab'],
  ['これは *「重要」* です', 'これは **「重要」** です'],
])('%j', (slack, markdown) => {
  expect(convert(slack)).toBe(markdown)
})

test('notes what it could not carry', () => {
  notes.length = 0
  convert('<!here> <!subteam^S1|@eng> <@U9>')
  expect(notes).toEqual(['broadcast_mention here', 'user_group @eng', 'unknown_mention U9'])
})

test('keeps the words of hostile text, in time that grows with its length', () => {
  for (const sign of [
    '*',
    '_',
    '~',
    '`',
    '<',
    '*a ',
    '_a_',
    '<@',
    '```',
    '&gt;',
    '[',
    ' ',
    '\n',
    ':a',
    '*_~',
    '<!',
    '&amp;',
  ])
    for (const length of [20_000, 40_000]) {
      const text = sign.repeat(length / sign.length)
      const start = process.cpuUsage()
      convert(text)
      expect(process.cpuUsage(start).user / 1000, `${JSON.stringify(sign)} × ${length}`).toBeLessThan(1000)
    }
  expect(plainText(convert('*'.repeat(50)))).toBe('*'.repeat(50))
})
