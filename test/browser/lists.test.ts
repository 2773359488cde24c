import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { entry, see, seeLive, soon, visit } from './see.ts'

const stage = useStage()

/** Ann and Bob talk; Bob has read everything and has it on his screen, whole. */
async function longTalk(lines = 70) {
  const { ann, bob } = await stage.team()
  const talk = await ann.post('/conversations', { people: [bob.id] })
  for (let at = 0; at < lines; at++) await (at % 7 ? ann : bob).post(`/spaces/${talk.id}/entries`, { body: `Line ${at}` })
  await bob.post(`/spaces/${talk.id}/read`)
  const device = await bob.device()
  await device.addInitScript(watchDrawing)
  const page = await device.newPage()
  await page.goto(`/messages/${talk.id}`)
  await see(entry(page, `Line ${lines - 1}`))
  await readBack(page, lines)
  return { ann, bob, talk, page }
}

/** Scrolls up until all lines are there. */
const readBack = (page: Page, lines: number) => soon(async () => {
  await scrollTo(page, 0)
  return page.locator('main article').count()
}).toBe(lines)

const scrollTo = (page: Page, top: number) => page.locator('main article').last().evaluate((line, to) => {
  let part: Element = line
  while (getComputedStyle(part).overflowY !== 'auto') part = part.parentElement!
  part.scrollTo({ top: to })
}, top)

/** React tells every page what it draws, as it tells its developer tools: the ids of entries whose components ran. */
function watchDrawing() {
  const drawn: string[] = []
  type Fiber = { alternate: Fiber | null; child: Fiber | null; sibling: Fiber | null; flags: number; memoizedProps: { entry?: { id: string } } | null }
  const RAN = 1
  const look = (fiber: Fiber) => {
    const { alternate: before, memoizedProps: props } = fiber
    if (fiber.flags & RAN && props && typeof props === 'object' && props.entry?.id) drawn.push(props.entry.id)
    // The same children as before: nothing below was looked at.
    if (before && before.child === fiber.child) return
    for (let child = fiber.child; child; child = child.sibling) if (child !== child.alternate) look(child)
  }
  Object.assign(window, {
    drawn,
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true, inject: () => 1, onCommitFiberUnmount() {}, onCommitFiberRoot: (_: number, root: { current: Fiber }) => look(root.current),
    },
  })
}

const forget = (page: Page) => page.evaluate(() => void ((window as unknown as { drawn: string[] }).drawn.length = 0))
const drawn = (page: Page) => page.evaluate(() => [...new Set((window as unknown as { drawn: string[] }).drawn)])

test('a message that arrives in a long conversation is drawn, and none of those that stand there', async () => {
  const { ann, talk, page } = await longTalk()
  await scrollTo(page, 1e9)
  await forget(page)
  const { id } = await ann.post(`/spaces/${talk.id}/entries`, { body: 'The news' })
  await seeLive(entry(page, 'The news'))
  // Until it was marked read as well: that, too, is about this line alone.
  await soon(async () => (await page.request.get(`/api/v1/spaces/${talk.id}`).then((answer) => answer.json())).my.unread).toBe(0)
  expect(await drawn(page)).toEqual([id])
})

test('a line that changes far up is drawn again by itself', async () => {
  const { ann, talk, page } = await longTalk()
  const { items } = await ann.get(`/spaces/${talk.id}/entries?view=flat&order=created&limit=100`)
  const line = items.find(({ body }: { body: string }) => body === 'Line 3')
  await forget(page)
  await ann.patch(`/entries/${line.id}`, { body: 'Line three' })
  await seeLive(entry(page, 'Line three'))
  expect(await drawn(page)).toEqual([line.id])
})

test('who leaves a long conversation and comes back begins at its end, and can go back as far as before', async () => {
  const { talk, page } = await longTalk(130)
  await visit(page, '/people')
  await visit(page, `/messages/${talk.id}`)
  await see(entry(page, 'Line 129'))
  expect(await page.locator('main article').count()).toBe(100)
  await readBack(page, 130)
  expect((await page.locator('main article').first().innerText())).toContain('Line 0')
})
