import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { openChromium } from '../test/browser/chromium.ts'
import type { Line } from './measure.ts'

const RUNS = 9
const SLOW = 4
const PASSWORD = 'correct horse battery'
const MESSAGES = 6000
const AT_ONCE = 100
const FILLED = 30

type Stand = { url: string; call: (path: string, body?: unknown) => Promise<any>; close: () => Promise<void> }

/** What one feels of a browser, four times slower than this one where that matters, beside another checkout of the product. */
export async function measureFelt(folder = process.env.BENCH_AGAINST): Promise<Line[]> {
  const ours = await stand(resolve(import.meta.dirname, '..'))
  const other = folder ? await stand(resolve(folder)) : null
  const browser = await openChromium()
  try {
    const lines: Line[] = []
    const pairs = await inTurns(browser, [ours, ...(other ? [other] : [])])
    for (const [what, [mine, theirs]] of Object.entries(pairs)) {
      const isTyping = what.startsWith('key')
      lines.push({
        what, ours: `${mine.toFixed(0)} ms`, raw: theirs === undefined ? '' : `${theirs.toFixed(0)} ms the other checkout`,
        ratio: theirs === undefined ? '' : `${(theirs / mine).toFixed(1)}x`, aim: isTyping ? '< 50 ms' : theirs && theirs > 200 ? '>= 2x' : '',
      })
    }
    const grown = await memory(browser, ours)
    lines.push({ what: `browser memory after ${MESSAGES} messages`, ours: `${grown.toFixed(1)} MB more`, raw: '', ratio: '', aim: '< 20 MB' })
    return lines
  } finally {
    await browser.close()
    await other?.close()
    await ours.close()
  }
}

/** A checkout as its own process; its own files do the work, so an old one is as it was. */
async function stand(folder: string): Promise<Stand> {
  if (!existsSync(join(folder, 'dist/web/index.html'))) throw new Error(`${folder} has no web app: run \`npm start\` there once.`)
  const load = (path: string) => import(pathToFileURL(join(folder, path)).href)
  const [{ addPerson, setPassword }, { nameNetwork }, { openHost }, { readConfig }, { inTransaction, SYSTEM }, { openPostgres }, { caller, serve }] = await Promise.all([
    load('server/core/people/commands.ts'), load('server/features/setup/commands.ts'), load('server/host.ts'), load('server/kernel/config.ts'),
    load('server/kernel/context.ts'), load('server/kernel/postgres.ts'), load('bench/server.ts')])
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  const { host, close } = await openHost(readConfig({ FOLKMOOT_DATA: dir, DATABASE_URL: postgres.url, LOG_LEVEL: 'error' }, dir))
  const ann = await inTransaction(host, SYSTEM, async (ctx: any) => {
    await nameNetwork(ctx, 'Bench')
    const person = await addPerson(ctx, { name: 'Ann', handle: 'ann', email: 'ann@bench.example', role: 'owner', kind: 'person', token: true })
    await setPassword(ctx, person.id, PASSWORD)
    return person
  })
  await close()
  const server = await serve(postgres.url, dir)
  const call = caller(server.url, ann.token)
  return {
    url: server.url, call, close: async () => {
      await server.stop()
      await postgres.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

type Measured = Record<string, number[]>

/** Each run is a page of its own, in turns, so that whatever else the machine does meets both; the medians. */
async function inTurns(browser: Browser, stands: Stand[]): Promise<Record<string, number[]>> {
  const taken: Measured[] = stands.map(() => ({}))
  const spaces = await Promise.all(stands.map(async ({ call }) => await filled(call)))
  for (let run = 0; run < RUNS; run++) for (const side of run % 2 ? stands.keys().toArray().reverse() : stands.keys()) {
    console.error(`run ${run + 1} of ${RUNS}, ${side ? 'the other' : 'this'} checkout …`)
    for (const [what, ms] of Object.entries(await feel(browser, stands[side], spaces[side], run))) (taken[side][what] ??= []).push(ms)
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  return Object.fromEntries(Object.keys(taken[0]).map((what) => [what, taken.map((side) => median(side[what] ?? [Number.NaN]))]))
}

/** A space with a page of what people write. */
async function filled(call: Stand['call']): Promise<string> {
  const { id } = await call('/spaces', { name: 'Bench', purpose: 'To measure', visibility: 'open' })
  for (let n = 0; n < FILLED; n++) await call(`/spaces/${id}/entries`, { title: `Title ${n}`, body: `Some **words** of an update, with a [link](https://example.org/${n}) and\n\n- a list\n- of two` })
  return id
}

async function feel(browser: Browser, { url, call }: Stand, space: string, run: number): Promise<Record<string, number>> {
  await call(`/spaces/${space}/entries`, { body: `Something to open ${run}` })
  const { page, chrome, close } = await visit(browser, url, `/spaces/${space}`)
  const rest = page.locator(`[data-composer$="${space}"]`).locator('textarea, button').first()
  try {
    const { felt } = await measuring(page)
    await chrome.send('Emulation.setCPUThrottlingRate', { rate: SLOW })
    const result: Record<string, number> = {}
    await rest.click()
    result['key to glyph at rest'] = await felt(() => page.keyboard.press('a'), 'typed')
    await page.locator(`[data-composer$="${space}"] [role=textbox]`).waitFor()
    await page.waitForTimeout(1000)
    result['key to glyph in the editor'] = await felt(() => page.keyboard.press('b'), 'typed')
    result['send to shown'] = await felt(() => page.keyboard.press('Control+Enter'), 'shown')
    await page.waitForTimeout(800)
    result['palette to first result'] = await felt(() => page.keyboard.press('Control+k'), 'option')
    await page.keyboard.press('Escape')
    await page.waitForTimeout(500)
    const entry = page.locator('main article').filter({ hasText: `Something to open ${run}` }).first()
    const point = (await entry.getByRole('button', { name: 'Reply' }).boundingBox())!
    result['thread to its words'] = await felt(() => page.mouse.click(point.x + 5, point.y + 5), 'thread')
    return result
  } finally {
    await close()
  }
}

async function visit(browser: Browser, url: string, path: string): Promise<{ page: Page; chrome: CDPSession; close: () => Promise<void> }> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
  await context.request.post('/api/v1/sessions', { data: { login: 'ann', password: PASSWORD } })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(path)
  await page.locator('[data-composer]').first().waitFor()
  await page.waitForLoadState('networkidle')
  return { page, chrome: await context.newCDPSession(page), close: () => context.close() }
}

type What = 'typed' | 'shown' | 'option' | 'thread'

/** Measures in the page: from the event of the key or the mouse to the frame in which what was asked for can be seen. */
async function measuring(page: Page) {
  await page.evaluate(() => {
    const written = () => [...document.querySelectorAll<HTMLElement>('[data-composer] [role=textbox], [data-composer] textarea')].map((one) => (one as HTMLTextAreaElement).value ?? one.textContent).join()
    const counts: Record<string, () => unknown> = {
      typed: written, shown: () => document.querySelectorAll('main article').length,
      option: () => document.querySelectorAll('[role=option]').length, thread: () => document.querySelectorAll('[role=complementary] article').length,
    }
    Object.assign(window, { felt: (what: string) => new Promise<number>((resolve) => {
      const before = counts[what]()
      let began = 0
      const start = (event: Event) => { began ||= event.timeStamp }
      for (const type of ['keydown', 'mousedown']) window.addEventListener(type, start, { capture: true })
      const look = () => {
        if (!began || counts[what]() === before) return requestAnimationFrame(look)
        // The frame after the one in which it is there: by then it has been painted.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
      }
      requestAnimationFrame(look)
    }) })
  })
  const felt = async (act: () => Promise<unknown>, what: What) => {
    const ms = page.evaluate((name) => (window as never as { felt: (what: string) => Promise<number> }).felt(name), what)
    await page.waitForTimeout(50)
    await act()
    return Promise.race([ms, page.waitForTimeout(20_000).then(() => Number.NaN)])
  }
  return { felt }
}

/** How much more a page holds after an hour of a hundred messages a minute in the space it shows; they come as fast as they can be written. */
async function memory(browser: Browser, { url, call }: Stand): Promise<number> {
  const { id } = await call('/spaces', { name: 'Busy', purpose: 'To measure', visibility: 'open' })
  const { page, chrome, close } = await visit(browser, url, `/spaces/${id}?view=flat`)
  const used = async () => {
    await chrome.send('HeapProfiler.collectGarbage')
    const { usedSize } = await chrome.send('Runtime.getHeapUsage')
    return usedSize / 1024 / 1024
  }
  const say = (n: number) => call(`/spaces/${id}/entries`, { body: `Message ${n}, as people write them in a busy hour` })
  // What a page keeps of any space that is talked in.
  for (let n = 0; n < AT_ONCE; n += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => say(n + i)))
  await page.waitForTimeout(2000)
  const before = await used()
  console.error('writing …')
  for (let n = AT_ONCE; n < MESSAGES; n += 20) await Promise.all(Array.from({ length: 20 }, (_, i) => say(n + i)))
  await page.getByText(`Message ${MESSAGES - 1},`).or(page.getByText('new').first()).first().waitFor({ timeout: 60_000 }).catch(() => {})
  await page.waitForTimeout(5000)
  const after = await used()
  await close()
  return after - before
}
