import { expect, test } from 'vitest'
import { findLinks } from './text-links.ts'
import { parse } from './text.ts'

const found = (text: string) => [...findLinks(text)].map(([at, { length }]) => text.slice(at, at + length))

test.each([
  ['see https://x.example/a_b?c=d#e.', ['https://x.example/a_b?c=d#e']],
  ['(http://x.example/a_(b)) and more', ['http://x.example/a_(b)']],
  ['http://x.example/?a=1&copy; "http://y.example"', ['http://x.example/?a=1', 'http://y.example']],
  ['www.x.example, *www.y.example* awww.z.example', ['www.x.example', 'www.y.example']],
  ['http://localhost:3000/ https://日本.example/乾燥', ['http://localhost:3000/', 'https://日本.example/乾燥']],
  ['http://x.example/?filter[name]=a [http://y.example] http://a_b.example', ['http://x.example/?filter[name]=a', 'http://y.example']],
  ['http:// http://. www. https://-', []],
  ['ann@x.example. a.b+c@d-e.example/ @ann a@b a@b.c1 /a@b.example', ['ann@x.example', 'a.b+c@d-e.example']],
  ['`https://x.example` | https://y.example|', ['https://x.example', 'https://y.example']],
  ['https://x.example/aを見て https://x.example/b。次 （https://x.example/c）で', ['https://x.example/a', 'https://x.example/b', 'https://x.example/c']],
  ['https://x.exampleまで http://localhost:3000を https://x.example/を参照 https://例え.jpを', ['https://x.example', 'http://localhost:3000', 'https://x.example/', 'https://例え.jp']],
  ['https://ja.x.example/wiki/乾燥室 https://x.example/?q=乾燥、次 https://x.example/wiki/ひらがな', ['https://ja.x.example/wiki/乾燥室', 'https://x.example/?q=乾燥', 'https://x.example/wiki/ひらがな']],
  ['看https://x.example/a看 「www.x.example」 见www.y.example/b吧 https://x.example/d，然后', ['https://x.example/a', 'www.x.example', 'www.y.example/b', 'https://x.example/d']],
  ['https://x.example/fileดู https://x.example/a.pdf에서 “https://x.example/q” https://x.example/a؟ هل https://x.example/a।', ['https://x.example/file', 'https://x.example/a.pdf', 'https://x.example/q', 'https://x.example/a', 'https://x.example/a']],
  ['https://x.example/Schindler’s https://ru.x.example/wiki/Сушка https://x.example/a… ann@x.exampleまで', ['https://x.example/Schindler’s', 'https://ru.x.example/wiki/Сушка', 'https://x.example/a', 'ann@x.example']],
])('%s', (text, expected) => expect(found(text)).toEqual(expected))

test('they are links where they stand as words, and nowhere else', () => {
  const urls = (body: string) => [...JSON.stringify(parse(body)).matchAll(/"url":"([^"]*)"/g)].map(([, url]) => url)
  expect(urls('*www.x.example* **ann@x.example**\n\n| a |\n|---|\n| http://y.example |')).toEqual(['http://www.x.example', 'mailto:ann@x.example', 'http://y.example'])
  expect(urls('`http://x.example` \\www.x.example http\\://x.example <b http://y.example>\n\n    www.x.example')).toEqual(['http://y.example'])
  expect(urls('[see **www.x.example** and http://y.example](http://z.example) ![http://x.example](u)')).toEqual(['http://z.example', 'u'])
  expect(urls('> -\thttp://x.example/a_b_c and\n>   http://y.example')).toEqual(['http://x.example/a_b_c', 'http://y.example'])
  expect(urls('\ufeffhttp://x.example')).toEqual(['http://x.example'])
})
