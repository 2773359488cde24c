import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { visit } from './see.ts'

const root = join(import.meta.dirname, '..', '..')

/** The path of every page of the app, as its features declare them: `/spaces/$id`. */
export function declaredPaths(): string[] {
  const files = globSync('web/{core,features}/*/feature.ts', { cwd: root })
  return files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path))
}

/** A screen: where it is, and what to do there before one looks. */
export type Screen = { path: string; then?: (page: Page) => Promise<unknown> }

export const PHONE = { width: 390, height: 844 }
export const WIDE = { width: 1440, height: 900 }
const NARROWEST = 320

/**
 * Looks at a screen, wide in light and narrow in the dark, as people see it who use it in different ways.
 * @returns what is wrong, each with the place
 */
export async function inspect(page: Page, { path, then }: Screen): Promise<string[]> {
  const name = then ? `${path} + ${then.name}` : path
  await show(page, WIDE, 'light')
  // What was opened on top of the last screen must not stay.
  if (then) await page.goto(path)
  await visit(page, path)
  await then?.(page)
  const wide = await violations(page, `${name} (wide, light)`)
  await show(page, PHONE, 'dark')
  const narrow = await violations(page, `${name} (phone, dark)`)
  const small = (await smallTargets(page)).map((target) => `${name}: smaller than 24 px: ${target}`)
  const broad = await overflow(page, name, PHONE.width)
  await show(page, { ...PHONE, width: NARROWEST }, 'dark')
  return [...wide, ...narrow, ...small, ...broad, ...(await overflow(page, name, NARROWEST))]
}

async function show(page: Page, size: typeof PHONE, colorScheme: 'light' | 'dark') {
  await Promise.all([page.setViewportSize(size), page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })])
  // What floats takes its place a frame later.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
}

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds against WCAG 2.2 A and AA. */
export async function violations(page: Page, name: string): Promise<string[]> {
  // Once for a document: it is as large as everything else on it.
  if (!(await page.evaluate('!!window.axe'))) await page.evaluate(axe.source)
  const options: axe.RunOptions = { runOnly: STANDARD, resultTypes: ['violations'], elementRef: false }
  const { violations } = await page.evaluate<axe.AxeResults, axe.RunOptions>((wanted) => (window as unknown as { axe: typeof axe }).axe.run(document, wanted), options)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) =>
    `${name}: ${id}: ${html.slice(0, 160)} ${[...any, ...all, ...none].map(({ message }) => message).join('; ').slice(0, 200)}`))
}

/** Whether the page can be moved sideways, and what sticks out. */
async function overflow(page: Page, name: string, width: number): Promise<string[]> {
  const out = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth && document.body.scrollWidth <= clientWidth) return null
    const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
    return `${scrollWidth} of ${clientWidth}: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 90)).join(' | ')}`
  })
  return out ? [`${name}: scrolls sideways at ${width} px: ${out}`] : []
}

/** What one is to press and is smaller than 24 × 24 px; links within a sentence are as high as its lines. */
const smallTargets = (page: Page) => page.evaluate(() => {
  const pressed = 'a[href], button, input, select, textarea, summary, [role=button], [role^=menuitem], [role=tab], [role=option], [role=switch], [role=checkbox], [role=radio]'
  const small: string[] = []
  for (const element of document.querySelectorAll<HTMLElement>(pressed)) {
    const isIdle = element.closest('[inert], [aria-hidden=true], [hidden]') || element.matches(':disabled, [type=hidden]')
    if (isIdle || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || isCovered(element) || isInSentence(element)) continue
    const { width, height } = areaOf(element)
    if (Math.min(width, height) < 23.5) small.push(`${Math.round(width)} × ${Math.round(height)} ${element.outerHTML.slice(0, 120)}`)
  }
  return small

  function isCovered(element: HTMLElement) {
    const { width, height } = element.getBoundingClientRect()
    return width <= 1 || height <= 1 || !!element.closest('.visually-hidden')
  }
  function isInSentence(element: HTMLElement) {
    return element.localName === 'a' && getComputedStyle(element).display === 'inline'
  }
  // A label can be pressed in place of its field, and a frame around it that passes the press on.
  function areaOf(element: HTMLElement) {
    const own = element.getBoundingClientRect()
    const labels = (element as HTMLInputElement).labels ?? []
    const boxes = [own, ...[...labels].map((label) => label.getBoundingClientRect())]
    return { width: Math.max(...boxes.map((box) => box.width)), height: Math.max(...boxes.map((box) => box.height)) }
  }
})
