import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { longestBody } from '../../server/kernel/text.ts'
import { CONSTRUCTS } from '../../server/kernel/text-samples.ts'
import { useStage } from './scene.ts'
import { see } from './see.ts'

const stage = useStage()

// Milliseconds, on a machine that does much else.
const MOST = 1500

// What is shown as itself: people, topics, emoji, links, lines, blocks.
const shown = ['#a ', '@a ', ':+1:', 'www.a.b ', 'a@b.c ', 'a\n', 'a\n\n', '- a\n', '[a](b)', '`a`', '**a*', '|a|\n|-|\n', '```a`\n', '👩‍👩‍👧', '&amp;', 'a'].map((sign) => JSON.stringify(sign))

/** Milliseconds for which the page answered nothing since it was opened, at once. */
const longestTask = (page: Page) => page.evaluate(() => new Promise<number>((resolve) => {
  let most = 0
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (most = Math.max(most, duration)))).observe({ type: 'longtask', buffered: true })
  setTimeout(() => resolve(most), 700)
}))

test('a text of any construct, as long as it may be, does not hold up the page', async () => {
  const { ann, team } = await stage.team()
  const page = await ann.open('/')
  const slow: [string, number][] = []
  for (const { name, make } of CONSTRUCTS.filter((construct) => shown.includes(construct.name))) {
    const end = '\n\nthe end'
    const { id } = await ann.post(`/spaces/${team.id}/entries`, { body: make(longestBody - end.length) + end })
    const show = async () => {
      await page.goto(`/e/${id}`)
      await see(page.locator(`[data-entry="${id}"]`).first())
      return longestTask(page)
    }
    let longest = await show()
    // What else the machine does meanwhile does not count.
    for (let again = 0; again < 3 && longest > MOST; again++) longest = Math.min(longest, await show())
    if (longest > MOST) slow.push([name, longest])
  }
  expect(slow).toEqual([])
}, 240_000)
