import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { useStage } from './scene.ts'
import { entry, gone, see, seeLive, soon, writeAt } from './see.ts'

const stage = useStage()
let png: Buffer
beforeAll(async () => {
  png = await sharp({ create: { width: 64, height: 64, channels: 4, background: '#b1552b' } }).png().toBuffer()
})

test('an emoji of the network is added, completed while one writes, picked, reacted with, and removed', async () => {
  const { olga, bob } = await stage.people({ olga: 'owner', bob: 'member' })
  const hall: Json = await olga.post('/spaces', { name: 'Hall', purpose: 'Meet', visibility: 'open' })
  await bob.post(`/spaces/${hall.id}/join`)
  const his = await bob.open(`/spaces/${hall.id}`)
  const page = await olga.open('/admin/emoji')
  await see(page.getByText('No emoji of your own yet'))
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Picture' }).click()
  await (await chooser).setFiles({ name: 'Our Logo.png', mimeType: 'image/png', buffer: png })
  await soon(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('our_logo')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await see(page.locator('li').getByText(':our_logo:'))
  await page.getByRole('button', { name: 'Another name for :our_logo:' }).click()
  await page.getByPlaceholder('Another name').fill('brand')
  await page.getByPlaceholder('Another name').press('Enter')
  await see(page.locator('li').getByText(':brand:'))

  const text = await writeAt(his, hall.id)
  await text.pressSequentially('Well :bran')
  await his.getByRole('option', { name: ':brand:' }).click()
  await text.press('Control+Enter')
  await seeLive(entry(his, 'Well').getByRole('img', { name: ':brand:' }))
  await soon(() => entry(his, 'Well').getByRole('img', { name: ':brand:' }).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64)
  await entry(his, 'Well').hover()
  await entry(his, 'Well').getByRole('button', { name: 'Add a reaction' }).click()
  await his.getByRole('group', { name: 'Emoji of this network' }).getByRole('button', { name: ':our_logo:' }).click()
  await see(entry(his, 'Well').getByRole('group', { name: 'Reactions' }).locator('img'))
  await soon(async () => (await bob.get(`/spaces/${hall.id}/entries`)).items[0]).toMatchObject({ body: 'Well :brand:', reactions: [{ emoji: ':our_logo:', count: 1, mine: true }] })

  await page.getByRole('button', { name: 'Remove :our_logo:' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await gone(page.locator('li').getByText(':our_logo:'))
  await seeLive(entry(his, 'Well :brand:'))
  await seeLive(entry(his, 'Well').getByText(':our_logo:'))
})

test('members add emoji where they may, and everybody else only uses them', async () => {
  const { olga, bob } = await stage.people({ olga: 'owner', bob: 'member' })
  const page = await bob.open('/emoji')
  await see(page.getByRole('heading', { name: 'Emoji of this network' }).first())
  expect(await page.getByRole('button', { name: 'Add', exact: true }).count()).toBe(0)
  const hers = await olga.open('/admin/emoji')
  await hers.getByLabel('Members may add emoji').click({ force: true })
  await soon(async () => (await bob.get('/me')).network.members_add_emoji).toBe(true)
  await page.reload()
  await see(page.getByRole('button', { name: 'Add', exact: true }))
})
