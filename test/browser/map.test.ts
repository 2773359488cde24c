import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { useStage } from './scene.ts'
import { focus, gone, see, soon } from './see.ts'

const stage = useStage()

/** The sample company, its map drawn; Olga owns the network, and Eve came today. */
async function company() {
  const all = await stage.people({ olga: 'owner', eve: 'member' })
  await all.olga.post('/demo')
  await all.olga.post('/communities/find')
  await soon(async () => (await all.olga.get('/network/map')).regions.length).toBeGreaterThan(2)
  return all
}

const regions = (page: Page) => page.getByRole('group', { name: /^Map of the network/ }).locator('button[aria-pressed]')
const panel = (page: Page) => page.getByRole('complementary', { name: 'What this shows' })

test('nobody has drawn a map; then one sees who belongs together, looks at a group, and goes through the months', async () => {
  const { olga, eve } = await stage.people({ olga: 'owner', eve: 'member' })
  const empty = await eve.open('/people')
  await empty.getByRole('link', { name: 'Map', exact: true }).click()
  await see(empty.getByText('No map yet'))
  await gone(empty.getByRole('button', { name: 'Draw it now' }))
  await olga.post('/demo')
  const page = await olga.open('/map')
  await page.getByRole('button', { name: 'Draw it now' }).click()
  await see(regions(page).first())

  // Which groups the sample company has follows from what is said in it.
  const names = await regions(page).locator('span:first-child').allInnerTexts()
  await regions(page).first().click()
  await see(panel(page).getByRole('heading', { name: names[0], exact: true }))
  await see(panel(page).getByText(/At least \d+ people\. /))
  const neighbour = panel(page).getByRole('listitem').getByRole('button').first()
  const words = await neighbour.innerText()
  const other = names.findIndex((name, at) => at > 0 && words.includes(name))
  expect(other).toBeGreaterThan(0)
  await neighbour.click()
  await see(panel(page).getByRole('heading', { name: names[other], exact: true }))
  expect(await regions(page).nth(other).getAttribute('aria-pressed')).toBe('true')

  await see(page.getByText('All, recent most'))
  await page.getByRole('slider', { name: 'Month' }).press('Home')
  await gone(page.getByText('All, recent most'))
  await page.getByRole('button', { name: 'Play the months' }).click()
  await see(page.getByText('All, recent most'))

  await page.getByText('Department', { exact: true }).click()
  await see(regions(page).filter({ hasText: 'Production' }))
})

test('with keys alone one goes from group to group, closer and back; the table says the same', async () => {
  const { olga } = await company()
  const page = await olga.open('/map')
  const { keyboard } = page
  await see(regions(page).first())
  const names = await regions(page).locator('span:first-child').allInnerTexts()
  await regions(page).first().focus()
  const before = await focus(page)
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowLeft']) await keyboard.press(key)
  await soon(() => focus(page)).not.toBe(before)
  await keyboard.press('Enter')
  await see(panel(page).getByRole('button', { name: 'Close' }))
  const width = () => regions(page).first().evaluate((button) => button.style.transform)
  const place = await width()
  await keyboard.press('+')
  await soon(width).not.toBe(place)
  await keyboard.press('0')
  await soon(width).toBe(place)
  await keyboard.press('Escape')
  await gone(panel(page).getByRole('button', { name: 'Close' }))

  await page.getByText('Table', { exact: true }).click()
  await see(page.getByRole('table'))
  for (const name of names) await see(page.getByRole('rowheader', { name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) }).first())
})

test('whoever is on no map is told so kindly, and alone; whoever left sees that nothing comes from them', async () => {
  const { eve } = await company()
  const page = await eve.open('/map')
  await see(panel(page).getByText('You are on no map yet'))
  await see(panel(page).getByRole('link', { name: 'People to meet' }))
  await eve.patch('/me/network', { in_network: false })
  await page.reload()
  await see(panel(page).getByText('You left the picture'))
})

test('the map can be kept: as a picture, and as files that are well-formed and name nobody', async () => {
  const { olga } = await company()
  const page = await olga.open('/map')
  await see(regions(page).first())
  const save = async (kind: string) => {
    await page.getByRole('button', { name: 'Save' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: kind }).click()])
    return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
  }
  const picture = await save('Picture (PNG)')
  expect([picture.name, picture.content.subarray(1, 4).toString()]).toEqual(['network-community.png', 'PNG'])
  // Not only paper: it compresses badly.
  expect(picture.content.length).toBeGreaterThan(20_000)
  const count = await regions(page).count()
  const blank = await page.context().newPage()
  for (const kind of ['For Gephi (GEXF)', 'For other programs (GraphML)']) {
    const { content } = await save(kind)
    // In a page of its own: ours lets nothing read text as a document.
    const nodes = await blank.evaluate((text) => {
      const read = new DOMParser().parseFromString(text, 'application/xml')
      return read.querySelector('parsererror') ? null : read.querySelectorAll('node').length
    }, content.toString())
    expect(nodes, kind).toBe(count)
  }
})

test('a browser that cannot draw shows the table', async () => {
  const { olga } = await company()
  const page = await olga.open('/')
  await page.addInitScript({ content: `{
    const { getContext } = HTMLCanvasElement.prototype
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return /webgl/.test(kind) ? null : getContext.call(this, kind, ...rest) }
  }` })
  await page.goto('/map')
  await see(page.getByText('This browser cannot draw the picture'))
  await see(page.getByRole('table'))
})
