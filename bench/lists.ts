import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { addPerson, setPassword } from '../server/core/people/commands.ts'
import { nameNetwork } from '../server/features/setup/network.ts'
import { openHost } from '../server/host.ts'
import { readConfig } from '../server/kernel/config.ts'
import { type Host, inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { openPostgres } from '../server/kernel/postgres.ts'
import { openChromium } from '../test/browser/chromium.ts'
import type { Line } from './measure.ts'
import { caller, serve } from './server.ts'

const FEW = 50
const MANY = 1200
const MESSAGES = 9
// Longer than it takes until what was seen is marked read: that is part of what a message costs.
const UNTIL_QUIET = 1500

type Costs = { script: number; layout: number; nodes: number }

/** What one message that arrives costs a browser, with 50 lines of the conversation on the page and with 1,200. */
export async function measureLists(): Promise<Line[]> {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'postgres') })
  const config = readConfig({ FOLKMOOT_DATA: dir, DATABASE_URL: postgres.url, LOG_LEVEL: 'error' }, dir)
  const { host, close } = await openHost(config)
  const [ann, bob] = [await arrive(host, 'ann'), await arrive(host, 'bob')]
  const server = await serve(postgres.url, dir)
  const browser = await openChromium()
  try {
    const call = caller(server.url, ann.token)
    const { id } = await call('/conversations', { people: [bob.id] })
    await fillTalk(host, id, [ann.id, bob.id])
    await caller(server.url, bob.token)(`/spaces/${id}/read`, {})
    const measure = async (lines: number) => {
      const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } })
      await context.request.post('/api/v1/sessions', { data: { login: 'bob', password: PASSWORD } })
      const page = await context.newPage()
      await page.goto(`/messages/${id}`)
      await scrollBack(page, lines)
      const costs = await costsOf(page, (body) => call(`/spaces/${id}/entries`, { body }))
      await context.close()
      return costs
    }
    const [many, few] = [await measure(MANY), await measure(FEW)]
    return [line('script', many.script, few.script, '<= 3x'), line('style and layout', many.layout, few.layout, ''),
      { what: 'nodes of the page', ours: `${many.nodes}`, raw: `${few.nodes} with ${FEW} lines`, ratio: `${(many.nodes / few.nodes).toFixed(2)}x`, aim: '' }]
  } finally {
    await browser.close()
    await server.stop()
    await close()
    await postgres.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

const PASSWORD = 'correct horse battery'

const arrive = (host: Host, handle: string) => inTransaction(host, SYSTEM, async (ctx) => {
  await nameNetwork(ctx, 'Bench')
  const person = await addPerson(ctx, { name: handle, handle, email: `${handle}@bench.example`, role: 'member', kind: 'person', token: true })
  await setPassword(ctx, person.id, PASSWORD)
  return person as { id: string; token: string }
})

/** Lines of two people, a minute apart, as if they had been written. */
const fillTalk = (host: Host, space: string, people: string[]) => host.pool.query(`
  insert into entries (id, space_id, kind, author_id, body, in_feed, active_id, created_at)
  select id, $1, 'message', ($2::uuid[])[1 + i / 4 % 2], 'Line ' || i || ' about the **kiln**, the tiles, #glaze and \`code\`', false, id, now() - age from (
    select i, age, uuidv7(-age) as id from (
      select i, interval '1 minute' * (${MANY + FEW} - i + 1) as age from generate_series(1, ${MANY + FEW}) i) ages) lines`,
[space, people])

const line = (what: string, many: number, few: number, aim: string): Line =>
  ({ what: `${what}, ${MANY} lines`, ours: `${many.toFixed(1)} ms`, raw: `${few.toFixed(1)} ms with ${FEW} lines`, ratio: `${(many / few).toFixed(2)}x`, aim })

/** Scrolls up until so many lines are there, and back to the end. */
async function scrollBack(page: Page, lines: number) {
  const all = page.locator('main article')
  await all.first().waitFor()
  for (let count = await all.count(); count < lines; count = await all.count()) {
    await scroll(page, 0)
    await page.waitForTimeout(50)
  }
  await scroll(page, 1e9)
  await page.waitForTimeout(UNTIL_QUIET)
}

const scroll = (page: Page, top: number) => page.locator('main article').last().evaluate((element, to) => {
  let part: Element = element
  while (getComputedStyle(part).overflowY !== 'auto') part = part.parentElement!
  part.scrollTo({ top: to })
}, top)

/** The median of several messages, each sent when the page is quiet again. */
async function costsOf(page: Page, say: (body: string) => Promise<unknown>): Promise<Costs> {
  const chrome = await page.context().newCDPSession(page)
  await chrome.send('Performance.enable', { timeDomain: 'threadTicks' })
  const costs: Costs[] = []
  for (let i = 0; i < MESSAGES; i++) {
    const before = await metrics(chrome)
    await say(`And number ${i}`)
    await page.locator('main article', { hasText: `And number ${i}` }).last().waitFor()
    await page.waitForTimeout(UNTIL_QUIET)
    const after = await metrics(chrome)
    costs.push({ script: after.script - before.script, layout: after.layout - before.layout, nodes: after.nodes })
  }
  const median = (of: (cost: Costs) => number) => costs.map(of).sort((a, b) => a - b)[Math.floor(MESSAGES / 2)]
  return { script: median((cost) => cost.script), layout: median((cost) => cost.layout), nodes: median((cost) => cost.nodes) }
}

async function metrics(chrome: CDPSession): Promise<Costs> {
  const { metrics: all } = await chrome.send('Performance.getMetrics')
  const of = Object.fromEntries(all.map(({ name, value }) => [name, value]))
  return { script: of.ScriptDuration * 1000, layout: (of.LayoutDuration + of.RecalcStyleDuration) * 1000, nodes: of.Nodes }
}
