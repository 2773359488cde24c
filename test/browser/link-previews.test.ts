import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { useStage } from './scene.ts'
import { entry, gone, see, seeLive, soon, thread } from './see.ts'

// A site of this machine that the configuration allows; what it answers waits until a test lets it.
let letGo = () => {}
let held = Promise.resolve()
const png = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#2b6a4d' } }).png().toBuffer()
const site = createServer((request, answer) => void held.then(() => {
  if (request.url!.endsWith('.png')) answer.writeHead(200, { 'content-type': 'image/png' }).end(png)
  else answer.writeHead(200, { 'content-type': 'text/html' }).end(`<title>The kitchen garden in winter</title><meta name="description" content="What grows under snow, and how to harvest it without breaking anything."><meta property="og:site_name" content="Garden Notes"><meta property="og:image" content="/snow.png">`)
}))
beforeAll(() => new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve)))
afterAll(() => (site.closeAllConnections(), site.close()))
const at = (path: string) => `http://localhost:${(site.address() as AddressInfo).port}${path}`

const stage = useStage({ env: { FETCH_FROM: 'localhost:*' } })

test('a preview comes below the text by itself, and its author takes it away and brings it back', async () => {
  const { ann, bob } = await stage.people({ ann: 'member', bob: 'member' })
  const garden: Json = await ann.post('/spaces', { name: 'Garden', purpose: 'x', visibility: 'open' })
  await bob.post(`/spaces/${garden.id}/join`)
  held = new Promise((resolve) => (letGo = resolve))
  const [mine, his] = [await ann.open(`/spaces/${garden.id}`), await bob.open(`/spaces/${garden.id}`)]
  await ann.post(`/spaces/${garden.id}/entries`, { body: `Worth a read: ${at('/winter')}` })
  await seeLive(entry(his, 'Worth a read'))
  const before = await entry(his, 'Worth a read').locator('p').first().boundingBox()
  expect(await his.getByText('The kitchen garden in winter').count()).toBe(0)
  letGo()
  for (const page of [mine, his]) await seeLive(page.getByRole('link', { name: /The kitchen garden in winter/ }))
  const after = await entry(his, 'Worth a read').locator('p').first().boundingBox()
  expect(after!.y).toBe(before!.y)
  const card = his.getByRole('link', { name: /The kitchen garden in winter/ })
  expect([await card.getAttribute('href'), await card.getAttribute('rel'), await card.getAttribute('target')]).toEqual([at('/winter'), 'noopener nofollow', '_blank'])
  await soon(() => card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
  expect(await card.locator('img').getAttribute('src')).toMatch(/^\/api\/v1\/entries\//)
  expect(await his.getByRole('button', { name: 'Remove the preview' }).count()).toBe(0)
  await entry(mine, 'Worth a read').getByRole('button', { name: 'Remove the preview' }).click()
  for (const page of [mine, his]) await gone(page.getByText('The kitchen garden in winter'))
  await mine.getByRole('button', { name: 'Undo' }).click()
  for (const page of [mine, his]) await seeLive(page.getByText('The kitchen garden in winter'))
})

test('a link to an entry shows it to who may read it, and takes it away from who may no longer', async () => {
  const { ann, bob, eve } = await stage.people({ ann: 'member', bob: 'member', eve: 'member' })
  const hall: Json = await ann.post('/spaces', { name: 'Hall', purpose: 'x', visibility: 'open' })
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'secret' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  const secret: Json = await ann.post(`/spaces/${board.id}/entries`, { title: 'The plan', body: 'We move in **May**' })
  const said: Json = await ann.post(`/spaces/${hall.id}/entries`, { body: `See ${stage.url}/e/${secret.id}` })
  const [his, hers] = [await bob.open(`/spaces/${hall.id}?thread=${said.id}`), await eve.open(`/spaces/${hall.id}?thread=${said.id}`)]
  await see(thread(his).getByRole('link', { name: /The plan/ }))
  await see(thread(his).getByText('We move in May'))
  await see(thread(hers).getByText(`See ${stage.url}`))
  expect(await hers.getByText('The plan').count()).toBe(0)
  await ann.patch(`/entries/${secret.id}`, { title: 'The new plan' })
  await seeLive(thread(his).getByText('The new plan'))
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  await gone(thread(his).getByText('The new plan'), 2000)
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  await seeLive(thread(his).getByText('The new plan'))
  await thread(his).getByRole('link', { name: /The new plan/ }).click()
  await soon(() => his.url()).toContain(secret.id)
})

test('hosts switch it off for their space, and administrators for all', async () => {
  const { olga } = await stage.people({ olga: 'owner' })
  const room: Json = await olga.post('/spaces', { name: 'Room', purpose: 'x', visibility: 'open' })
  const page = await olga.open(`/spaces/${room.id}`)
  await page.getByRole('button', { name: 'More about this space' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  const field = page.getByRole('dialog').getByLabel('Show what links lead to')
  await see(field)
  await field.click({ force: true })
  await soon(() => olga.get(`/spaces/${room.id}/link-previews`)).toEqual({ on: false, allowed: true })
  const shown: Json = await olga.post(`/spaces/${(await olga.get('/me')).space}/entries`, { body: `For all: ${at('/again')}` })
  await page.goto(`/?thread=${shown.id}`)
  await seeLive(thread(page).getByText('The kitchen garden in winter'))
  await page.goto('/admin/network')
  await page.getByLabel('Show what links lead to').click({ force: true })
  await soon(async () => (await olga.get(`/entries/${shown.id}`)).previews).toEqual([])
  await page.goto(`/?thread=${shown.id}`)
  await see(thread(page).getByText('For all'))
  expect(await page.getByText('The kitchen garden in winter').count()).toBe(0)
})
