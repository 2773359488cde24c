import type { Locator, Page, Request } from 'playwright-core'
import { expect } from 'vitest'

const PATIENCE = 30_000
/** What others do is there within a second; a busy machine may take as long as for anything else before a test fails. */
export const LIVE = PATIENCE

/** Waits until something can be seen. */
export const see = (what: Locator, timeout = PATIENCE) => what.waitFor({ state: 'visible', timeout })

/** Waits until something can be seen that another person did. */
export const seeLive = (what: Locator) => see(what, LIVE)

/** Waits until something is not there, or not any more. */
export const gone = (what: Locator, timeout = PATIENCE) => what.waitFor({ state: 'hidden', timeout })

/** Waits until a value is as the following matcher says: `await soon(() => page.title()).toBe('Home')`. */
export const soon = <T>(value: () => T | Promise<T>, message?: string) => expect.poll(value, { timeout: PATIENCE, interval: 50, message })

/** What the page says for a moment: other words of it may be the same. */
export const told = (page: Page, words: string | RegExp) => page.getByRole('region', { name: 'Notifications' }).getByText(words, { exact: true })

/** The composer of a place: a space, a thread by its head, or `home`. */
export const composer = (page: Page, place: string) => page.locator(`[data-composer$="${place}"]`)

/** Opens a composer and answers the box to write in. */
export async function writeAt(page: Page, place: string): Promise<Locator> {
  const box = composer(page, place)
  const text = box.locator('[role=textbox]')
  const rest = box.locator('[data-rest]')
  await see(text.or(rest).first())
  // In a conversation it opens by itself, maybe just now.
  if (!(await text.isVisible())) await rest.click({ timeout: 3000 }).catch(() => {})
  await see(text)
  return text
}

/** Writes and sends, as with the keyboard. */
export async function post(page: Page, place: string, words: string) {
  const text = await writeAt(page, place)
  await text.fill(words)
  await text.press('Control+Enter')
}

/** An entry in the page, by words of it: in the main part, or in the thread beside it. */
export const entry = (page: Page | Locator, words: string | RegExp) => page.locator('article').filter({ hasText: words })
export const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' })

/** Chooses in the menu of an entry: Edit, Delete, Copy link, … */
export async function choose(page: Page, item: Locator, deed: string) {
  await item.hover()
  await item.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: deed, exact: true }).click()
}

/** Goes to another page of the app as a link does, without loading everything again, and waits until it is there. */
export async function visit(page: Page, path: string) {
  const requests = requestsOf(page)
  await page.evaluate((to) => history.pushState({}, '', to), path)
  const end = Date.now() + PATIENCE
  // Twice quiet: between one answer and the next question a page draws.
  for (let quiet = 0; quiet < 2; ) {
    if (Date.now() > end) throw new Error(`${path} is not drawn; it waits for ${[...requests].map((request) => request.url()).join(', ') || 'nothing'}.`)
    const isDrawn = await page.evaluate(() => new Promise<boolean>((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(
      !['…', undefined].includes(document.querySelector('h1')?.textContent) && !document.querySelector('[role=status][aria-label=Loading]'))))))
    quiet = isDrawn && requests.size === 0 ? quiet + 1 : 0
  }
}

const known = new WeakMap<Page, Set<Request>>()

/** The requests of a page that have no answer yet. */
function requestsOf(page: Page) {
  const open = known.get(page) ?? new Set()
  if (known.has(page)) return open
  known.set(page, open)
  page.on('request', (request) => open.add(request))
  for (const over of ['requestfinished', 'requestfailed'] as const) page.on(over as 'requestfinished', (request) => open.delete(request))
  return open
}

/** What has the focus, by role and name as far as they are written down. */
export const focus = (page: Page) => page.evaluate(() => {
  const element = document.activeElement
  if (!element || element === document.body) return 'nothing'
  return `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? (element.textContent?.trim().slice(0, 60) || element.getAttribute('placeholder')) ?? ''}`.trim()
})

/** A line of the rail by its words and its count: `Inbox`, then `3 unread`. */
export const railLink = (page: Page, words: RegExp) => page.getByRole('navigation', { name: 'Main navigation' }).first().getByRole('link', { name: words })
