import { existsSync, readFileSync } from 'node:fs'
import type { Nodes } from 'mdast'
import { expect, test } from 'vitest'
import { parse } from '../../../server/kernel/text.ts'
import { safeUrl } from './safe-url.ts'

test.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,<b>',
  'vbscript:x', 'file:///etc/passwd', 'blob:https://x.example/1', 'about:blank', 'view-source:https://x.example', '//', 'no address', ''])('%j may not be followed', (text) => {
  expect(safeUrl(text)).toBeNull()
})

test.each(['https://x.example/a_b?c#d', 'http://localhost:8400/e/1', 'mailto:ann@x.example', 'HTTPS://X.example'])('%j may', (text) => {
  expect(safeUrl(text)).not.toBeNull()
})

const corpus = '../shared/data/xss-bluemonday/bluemonday-cases.json'
test.skipIf(!existsSync(corpus))('nothing in published attacks leads anywhere else', () => {
  const text = (value: unknown): string[] => typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(text) : []
  for (const body of text(JSON.parse(readFileSync(corpus, 'utf8'))))
    for (const url of urlsIn(parse(`${body}\n\n[x](<${body.replace(/[<>\n]/g, '')}>)`))) {
      const target = safeUrl(url)
      if (target) expect(['http:', 'https:', 'mailto:']).toContain(target.protocol)
    }
})

const urlsIn = (node: Nodes): string[] =>
  [...('url' in node ? [node.url] : []), ...('children' in node ? (node.children as Nodes[]).flatMap(urlsIn) : [])]
