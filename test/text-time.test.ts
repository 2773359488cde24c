import { expect, test } from 'vitest'
import { excerptOf } from '../server/features/search/excerpt.ts'
import { fold } from '../server/features/search/fold.ts'
import { pairsOf } from '../server/features/search/pairs.ts'
import { toMarkdown } from '../server/features/slack-import/markdown.ts'
import { fromMrkdwn } from '../server/features/slack-import/mrkdwn.ts'
import { bold, italic, text } from '../server/features/slack-import/prose.ts'
import { longestBody, plainText } from '../server/kernel/text.ts'
import { CONSTRUCTS, mixture } from '../server/kernel/text-samples.ts'
import { toDocument } from '../web/core/entries/composer/editor-markdown.ts'

const texts = [...CONSTRUCTS, ...Array.from({ length: 40 }, (_, seed) => mixture(seed))]
const names = { handle: (id: string) => id.toLowerCase(), channel: (id: string) => ({ name: id, url: '/s' }), permalink: () => null, note: () => {} }

// Whatever is done with a text that somebody wrote, and the length at which it is looked at.
const readers: [string, (body: string) => unknown, number][] = [
  ['its words', plainText, longestBody],
  ['how it is searched', (body) => pairsOf(fold(body)), longestBody],
  ['what is shown of a hit', (body) => excerptOf(body, ['a', 'b.', 'nowhere']), longestBody],
  ['how it is edited', toDocument, longestBody / 2],
  ['how Slack wrote it', (body) => toMarkdown(fromMrkdwn(body, names)), longestBody / 2],
  ['how we write it', (body) => toMarkdown([{ type: 'paragraph', inlines: [text(body, bold | italic)] }]), longestBody / 2],
]

const MOST = 100
// Below this a difference says more of the machine than of the text.
const LITTLE = 25
// The clock of a thread may be as coarse as this.
const TICK = 10

/** Milliseconds, the least of many times; what else the machine does meanwhile does not count. */
function time(read: (body: string) => unknown, body: string, enough: number): number {
  let best = Infinity
  for (let run = 0; run < 15 && best > enough; run++) {
    const [cpu, wall] = [process.threadCpuUsage().user, performance.now()]
    read(body)
    best = Math.min(best, performance.now() - wall, (process.threadCpuUsage().user - cpu) / 1000 + TICK)
  }
  return best
}

test.each(readers)('a text of any construct takes time in proportion to its length: %s', (_, read, length) => {
  for (const { make } of texts) read(make(500))
  const slow: object[] = []
  for (const { name, make } of texts) {
    const whole = time(read, make(length), LITTLE)
    if (whole <= LITTLE) continue
    const half = time(read, make(length / 2), 0)
    if (whole > MOST || whole > 2.5 * half + LITTLE) slow.push({ name, half, whole })
  }
  expect(slow).toEqual([])
}, 300_000)
