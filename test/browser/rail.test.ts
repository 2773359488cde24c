import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { useStage } from './scene.ts'
import { see, seeLive, soon } from './see.ts'

const stage = useStage()
const lines = (page: Page, section: string) => page.getByRole('navigation').getByRole('region', { name: section }).getByRole('link').allInnerTexts().then((all) => all.map((text) => text.split('\n').filter((line) => !/^(\d+|[A-Z]\d)$/.test(line))[0]))

async function scene() {
  const { ann, bob } = await stage.people({ ann: 'member', bob: 'member' })
  const spaces: Record<string, Json> = {}
  for (const name of ['Attic', 'Barn', 'Cellar']) spaces[name] = await ann.post('/spaces', { name, purpose: 'x', visibility: 'open' })
  const talk: Json = await ann.post('/conversations', { people: [bob.id] })
  await bob.post(`/spaces/${talk.id}/entries`, { body: 'psst' })
  return { ann, bob, talk, ...spaces } as never as { ann: Awaited<ReturnType<typeof stage.people>>[string]; bob: Awaited<ReturnType<typeof stage.people>>[string]; talk: Json; Attic: Json; Barn: Json; Cellar: Json }
}

test('a star puts spaces and conversations first, on all devices', async () => {
  const { ann, bob, talk, Barn } = await scene()
  const other = await (await ann.device()).newPage()
  await other.goto('/')
  await see(other.getByRole('navigation').getByRole('link', { name: 'Barn' }))
  const page = await ann.open(`/spaces/${Barn.id}`)
  const star = page.getByRole('button', { name: 'Favourite' })
  await star.click()
  for (const one of [page, other]) await seeLive(one.getByRole('region', { name: 'Favourites' }).getByRole('link', { name: 'Barn' }))
  await soon(async () => [await lines(page, 'Spaces'), await star.getAttribute('aria-pressed')]).toEqual([['Attic', 'Cellar'], 'true'])
  await page.goto(`/messages/${talk.id}`)
  await page.getByRole('button', { name: 'Favourite' }).click()
  await soon(() => lines(other, 'Favourites')).toEqual(['Barn', bob.name])
  await page.getByRole('button', { name: 'Favourite' }).click()
  await soon(() => lines(other, 'Favourites')).toEqual(['Barn'])
})

test('spaces are put in an own order by keys and by dragging, and those with something new first where one wants it', async () => {
  const { ann, bob, Cellar } = await scene()
  const page = await ann.open('/')
  await soon(() => lines(page, 'Spaces')).toEqual(['Attic', 'Barn', 'Cellar'])
  const link = (name: string) => page.getByRole('region', { name: 'Spaces' }).getByRole('link', { name, exact: true })
  await link('Attic').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await soon(() => lines(page, 'Spaces')).toEqual(['Barn', 'Attic', 'Cellar'])
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Attic')
  await see(page.getByRole('status').getByText('Attic is number 2 of 3 now.'))
  await soon(async () => (await ann.get('/me/rail')).sequence).toHaveLength(3)
  await link('Cellar').dragTo(link('Barn'))
  await soon(() => lines(page, 'Spaces')).toEqual(['Cellar', 'Barn', 'Attic'])
  await page.reload()
  await soon(() => lines(page, 'Spaces')).toEqual(['Cellar', 'Barn', 'Attic'])
  await bob.post(`/spaces/${(await ann.get('/spaces?mine=true')).items.find((one: Json) => one.name === 'Attic').id}/entries`, { body: 'News' })
  await page.goto('/settings/display')
  await page.getByLabel('What has something new comes before the others').click({ force: true })
  await soon(() => lines(page, 'Spaces')).toEqual(['Attic', 'Cellar', 'Barn'])
  expect(Cellar.id).toBeTruthy()
})
