import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { composer, entry, post, see, seeLive, soon, writeAt } from './see.ts'

const stage = useStage()

/** Bob has the same space open on two devices. */
async function twoDevices() {
  const { ann, bob, team } = await stage.team()
  const open = async () => {
    const page = await (await bob.device()).newPage()
    await page.goto(`/spaces/${team.id}`)
    await see(composer(page, team.id))
    return page
  }
  return { ann, bob, team, desk: await open(), phone: await open() }
}
const textAt = (page: Page, place: string) => composer(page, place).locator('[role=textbox]')
const write = async (page: Page, place: string, words: string) => (await writeAt(page, place)).fill(words)

test('what one begins on one device can be gone on with on another, and is nowhere any more when it was sent', async () => {
  const { bob, team, desk, phone } = await twoDevices()
  await composer(desk, team.id).locator('[data-rest]').click()
  await composer(desk, team.id).getByPlaceholder('Title').fill('The kiln')
  await write(desk, team.id, 'We could fire it')
  const there = textAt(phone, team.id)
  await seeLive(there)
  await soon(() => there.innerText()).toBe('We could fire it')
  await soon(() => composer(phone, team.id).getByPlaceholder('Title').inputValue()).toBe('The kiln')

  await there.press('End')
  await there.pressSequentially(' on Friday')
  await soon(() => textAt(desk, team.id).innerText()).toBe('We could fire it on Friday')
  await there.press('Control+Enter')
  await seeLive(entry(desk, 'on Friday'))
  await soon(async () => (await bob.get('/drafts')).items).toEqual([])
  await soon(() => textAt(desk, team.id).innerText()).not.toContain('Friday')
  // Also for a device that was not there when it went.
  await desk.reload()
  await see(entry(desk, 'on Friday'))
  expect(await textAt(desk, team.id).count()).toBe(0)
})

test('what is written without a connection is kept, and goes to the server when it is back', async () => {
  const { bob, team, desk } = await twoDevices()
  stage.expectTrouble(/ERR_INTERNET_DISCONNECTED/)
  await write(desk, team.id, 'Begun')
  await soon(async () => (await bob.get(`/drafts/${team.id}`)).body).toBe('Begun')
  await desk.context().setOffline(true)
  await textAt(desk, team.id).fill('Begun, and gone on with in a tunnel')
  await see(desk.getByText('No connection.'))
  await desk.context().setOffline(false)
  await soon(async () => (await bob.get(`/drafts/${team.id}`)).body).toBe('Begun, and gone on with in a tunnel')
})

test('two devices that wrote without knowing of each other lose nothing: one sees both, and joins them', async () => {
  const { bob, team, desk, phone } = await twoDevices()
  stage.expectTrouble(/ERR_INTERNET_DISCONNECTED/)
  await write(desk, team.id, 'Lunch?')
  await soon(() => textAt(phone, team.id).innerText()).toBe('Lunch?')
  await desk.context().setOffline(true)
  await textAt(desk, team.id).fill('Lunch at noon')
  await textAt(phone, team.id).fill('Lunch by the river')
  await soon(async () => (await bob.get(`/drafts/${team.id}`)).body).toBe('Lunch by the river')

  await desk.context().setOffline(false)
  const box = composer(desk, team.id)
  await see(box.getByText('Lunch by the river'))
  expect(await textAt(desk, team.id).innerText()).toBe('Lunch at noon')
  await box.getByRole('button', { name: 'Put it below' }).click()
  await soon(async () => (await bob.get(`/drafts/${team.id}`)).beside).toEqual([])
  await soon(async () => (await bob.get(`/drafts/${team.id}`)).body).toBe('Lunch at noon\n\nLunch by the river')
  await soon(() => textAt(phone, team.id).innerText()).toContain('Lunch at noon')
})

test('a post that went leaves nothing behind that another page would show again', async () => {
  const { bob, team, desk } = await twoDevices()
  const box = composer(desk, team.id)
  await writeAt(desk, team.id)
  await box.getByPlaceholder('Title').fill('Minutes')
  await box.locator('input[type=file]').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') })
  await soon(async () => (await bob.get(`/drafts/${team.id}`)).files?.length).toBe(1)
  await post(desk, team.id, 'Said and done')
  await see(entry(desk, 'Said and done'))
  // Nor does it go along with the next one.
  await post(desk, team.id, 'And this')
  await see(entry(desk, 'And this'))
  expect(await entry(desk, 'And this').getByText('plan.txt').count()).toBe(0)
  await soon(async () => (await bob.get('/drafts')).items).toEqual([])
  await soon(() => desk.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('folkmoot.draft')))).toEqual([])
})

test('what one types while the editor is still coming is there when it has come, and does nothing else', async () => {
  const { team, desk } = await twoDevices()
  let come = () => {}
  const asked = new Promise<void>((resolve) => (come = resolve))
  await desk.reload()
  await see(composer(desk, team.id))
  await desk.waitForLoadState('networkidle')
  await desk.route(/assets\/.*\.js/, async (route) => {
    await asked
    await route.continue()
  })
  await composer(desk, team.id).locator('[data-rest]').click()
  await desk.keyboard.type('given that')
  expect(await textAt(desk, team.id).count()).toBe(0)
  come()
  await soon(() => textAt(desk, team.id).innerText()).toBe('given that')
  expect(new URL(desk.url()).pathname).toBe(`/spaces/${team.id}`)
})
