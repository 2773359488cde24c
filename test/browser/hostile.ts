import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Texts that want to become more than text, each in its own way. */
export const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="data:text/html,<script>alert(1)</script>">',
  '<form action="javascript:alert(1)"><button>Press me</button></form>',
  '<a href="javascript:alert(1)">press</a>',
  '<details open ontoggle=alert(1)>',
  '<style>@import "https://elsewhere.example/x.css"; * { background: url(https://elsewhere.example/y) }</style>',
  '<base href="https://elsewhere.example/">',
  '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
  '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<video><source onerror=alert(1)></video>',
  '[press](javascript:alert(1))',
  '[press](JaVaScRiPt:alert(1))',
  '[press](java\tscript:alert(1))',
  '[press](javascript&colon;alert(1))',
  '[press](&#x6A;avascript:alert(1))',
  '[press](\u0001javascript:alert(1))',
  '[press]( javascript:alert(1) "title")',
  '[press](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[press](vbscript:msgbox(1))',
  '[press](file:///etc/passwd)',
  '[press](//elsewhere.example/x)',
  '[press](\\\\elsewhere.example\\x)',
  '[press][one]\n\n[one]: javascript:alert(1)',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x](https://elsewhere.example/track.gif)',
  '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  '![](" onerror=alert(1) ")',
  '```<img/src=x/onerror=alert(1)>\ncode\n```',
  '```js" onmouseover="alert(1)\nalert(1)\n```',
  '`<img src=x onerror=alert(1)>`',
  '| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |\n|---|---|\n| <script>alert(1)</script> | y |',
  '@<img src=x onerror=alert(1)> #<svg/onload=alert(1)> :<b>:',
  'https://example.org/"onmouseover="alert(1)',
  'javascript:alert(document.cookie)',
  '{{constructor.constructor("alert(1)")()}} ${alert(1)} <%= alert(1) %> {{{raw}}}',
  '__proto__ constructor toString hasOwnProperty',
  '\u202Egnp.exe\u202C \u2066\u2069 \uFEFF\u200B\u200D',
  'Z\u0335\u0321\u033A\u0318a\u0336\u0347l\u0337\u0319g\u0334\u0328o\u0335\u032F'.repeat(20),
  `${'['.repeat(300)}x${']'.repeat(300)}`,
  '> '.repeat(200) + 'deep',
  `<${'a'.repeat(3000)} onclick=alert(1)>`,
]

/** Cases of an HTML sanitizer's own tests, where the shared collection of test data lies beside the repository. */
export function sanitizerCases(): string[] {
  const file = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'xss-bluemonday', 'bluemonday-cases.json')
  if (!existsSync(file)) return []
  const cases = JSON.parse(readFileSync(file, 'utf8')) as { in: string }[]
  return cases.map((one) => one.in).filter((text) => text.trim() && text.length < 5000 && !text.includes('\0'))
}

/** Puts texts together into bodies of one entry each. */
export function bodies(texts: string[], longest = 12_000): string[] {
  const all: string[] = []
  for (const text of texts)
    if (all.length && all.at(-1)!.length + text.length < longest) all[all.length - 1] += `\n\n${text}`
    else all.push(text)
  return all
}
