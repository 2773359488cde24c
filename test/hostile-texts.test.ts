import { expect, test } from 'vitest'
import { longestBody } from '../server/kernel/text.ts'
import { CONSTRUCTS, mixture } from '../server/kernel/text-samples.ts'
import { scene } from '../server/scene.ts'

// Far more than any text takes, and far less than what would be noticed as a standstill.
const STANDSTILL = 3000

test('texts of any construct, as long as they may be, hold nothing up; people are told, and the words are found', async () => {
  const { ann, bob, team, url, settled } = await scene()
  const texts = [...CONSTRUCTS.filter((_, at) => at % 13 === 5), ...Array.from({ length: 8 }, (_, seed) => mixture(100 + seed))]
  let longest = 0
  let isDone = false
  const watch = (async () => {
    while (!isDone) {
      const start = performance.now()
      await fetch(`${url}/healthz`)
      longest = Math.max(longest, performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  const expected: [string, string][] = []
  for (const [n, { make }] of texts.entries()) {
    const end = `\n\n@${bob.handle} #topic${n} word${n}q`
    const start = performance.now()
    const entry = await ann.post(`/spaces/${team.id}/entries`, { body: make(longestBody - end.length).replaceAll('\0', ' ').toWellFormed() + end })
    longest = Math.max(longest, performance.now() - start)
    expect(entry.id, JSON.stringify(entry).slice(0, 500)).toBeTruthy()
    expected.push([`word${n}q`, entry.id])
  }
  await settled()
  for (const [word, id] of expected) expect((await bob.get(`/search?q=${word}`)).items, word).toMatchObject([{ id }])
  isDone = true
  await watch
  expect(longest).toBeLessThan(STANDSTILL)
}, 120_000)
