import { expect, test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { useStage } from './scene.ts'
import { choose, composer, entry, gone, see, seeLive, soon } from './see.ts'

const stage = useStage()

async function scene() {
  const { ann, bob, eve } = await stage.people({ ann: 'member', bob: 'member', eve: 'member' })
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'secret' })
  const hall: Json = await ann.post('/spaces', { name: 'Hall', purpose: 'Meet', visibility: 'closed' })
  for (const { id } of [bob, eve]) await ann.put(`/spaces/${hall.id}/members/${id}`)
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  const plan: Json = await ann.post(`/spaces/${board.id}/entries`, { title: 'The plan', body: 'We move in May' })
  return { ann, bob, eve, board, hall, plan }
}

test('an entry is shared with words, and the dialog says how many can read it there', async () => {
  const { ann, bob, eve, board, hall } = await scene()
  const [mine, his, hers] = [await ann.open(`/spaces/${board.id}`), await bob.open(`/spaces/${hall.id}`), await eve.open(`/spaces/${hall.id}`)]
  await choose(mine, entry(mine, 'We move in May'), 'Share…')
  const dialog = mine.getByRole('dialog', { name: 'Share' })
  await see(dialog.getByRole('link', { name: /The plan/ }))
  const where = dialog.getByRole('combobox', { name: 'Where' })
  await where.click()
  await where.fill('Hal')
  await where.press('ArrowDown')
  await where.press('Enter')
  await see(dialog.getByText('2 of 3 people there can read this. The others see a link that leads nowhere.'))
  await dialog.getByLabel('What you say about it').fill('For those who decide')
  await dialog.getByRole('button', { name: 'Share' }).click()
  await gone(dialog)
  await see(mine.getByText('Shared in Hall.'))
  await seeLive(entry(his, 'For those who decide').getByText('We move in May'))
  await seeLive(entry(hers, 'For those who decide'))
  expect(await hers.getByText('The plan').count()).toBe(0)
})

test('an entry is quoted beside it, as a card in the composer', async () => {
  const { ann, board, plan } = await scene()
  const page = await ann.open(`/spaces/${board.id}`)
  await choose(page, entry(page, 'We move in May'), 'Quote')
  const box = composer(page, `space/${board.id}`)
  await see(box.getByRole('link', { name: /The plan/ }))
  await page.keyboard.type('So it is said')
  await page.keyboard.press('Control+Enter')
  await seeLive(entry(page, 'So it is said').getByRole('link', { name: /The plan/ }))
  await soon(async () => (await ann.get(`/spaces/${board.id}/entries`)).items[0].body).toMatch(new RegExp(`^${stage.url}/e/${plan.id}\\s+So it is said`))
})
