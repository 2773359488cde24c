import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { useStage } from './scene.ts'
import { focus, see, soon } from './see.ts'

const stage = useStage()

const tabTo = async (page: Page, what: RegExp) => {
  for (let i = 0; i < 60 && !what.test(await focus(page)); i++) await page.keyboard.press('Tab')
  expect(await focus(page)).toMatch(what)
}

test('with the keyboard from a space to its health: a sentence, other weeks, the figures as a table, and what is counted', async () => {
  const { olga, ann } = await stage.people({ olga: 'owner', ann: 'member' })
  await olga.post('/demo')
  const space = (await ann.get('/spaces?limit=100')).items.find((one: Json) => one.name === 'Cell chemistry')
  const page = await ann.open(`/spaces/${space.id}/members`)
  await see(page.getByRole('link', { name: 'Health' }))
  await tabTo(page, /^a Health/)
  await page.keyboard.press('Enter')
  await see(page.getByRole('heading', { level: 1, name: 'Health of Cell chemistry' }))
  await see(page.getByText(/^A conversation: \d+ of \d+ threads are answered by others\.$/))
  await page.getByRole('radio', { name: '12 weeks' }).focus()
  await page.keyboard.press('ArrowRight')
  await soon(() => new URL(page.url()).searchParams.get('weeks')).toBe('52')
  await see(page.getByText(/^A conversation:/))
  await tabTo(page, /^summary As a table/)
  await page.keyboard.press('Enter')
  await see(page.getByRole('columnheader', { name: 'answered by others' }))
  await tabTo(page, /^summary What is counted/)
  await page.keyboard.press('Enter')
  await see(page.getByText(/It has no names/))
  // One who wrote there is not named on it, whoever reads it.
  const [entry] = (await ann.get(`/spaces/${space.id}/entries`)).items
  expect(await page.locator('main').textContent()).not.toContain(entry.by.name)
})

test('a space where few have written says kindly why there is nothing; the network as well, and a guest is not led there', async () => {
  const { ann, gina } = await stage.people({ ann: 'member', gina: 'guest' })
  const space = await ann.post('/spaces', { name: 'Young', purpose: 'x' })
  await ann.post(`/spaces/${space.id}/entries`, { body: 'Is anybody here?' })
  const page = await ann.open(`/spaces/${space.id}`)
  await page.getByRole('button', { name: 'More about this space' }).click()
  await page.getByRole('menuitem', { name: 'Health' }).click()
  await see(page.getByText('Too few people to say anything'))
  await page.goto('/people')
  await page.getByRole('link', { name: 'Taking root' }).click()
  await see(page.getByRole('heading', { level: 1, name: 'Taking root' }))
  const other = await gina.open('/people')
  await see(other.getByRole('link', { name: 'Everyone' }))
  expect(await other.getByRole('link', { name: 'Taking root' }).count()).toBe(0)
})
