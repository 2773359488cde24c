import { expect, test } from 'vitest'
import { makeZip } from '../slack-archives.ts'
import { site, small } from '../stackexchange-dumps.ts'
import { useStage } from './scene.ts'
import { entry, see, soon, thread } from './see.ts'

const stage = useStage()

test('an administrator looks into the dump of a site, names its space, and everybody reads its questions and what answered them', async () => {
  const { ada, bob } = await stage.people({ ada: 'admin', bob: 'member' })
  const page = await ada.open('/admin/import')
  await page.locator('input[type=file]').setInputFiles(await makeZip(small(site())))
  await page.getByRole('textbox', { name: 'Name of the new space' }).fill('Workshop')
  await page.getByRole('button', { name: 'Look into the archive' }).click()
  await see(page.getByRole('heading', { name: 'This is what would come' }))
  await soon(() => page.getByRole('definition').allInnerTexts()).toEqual(['3', '2', '2', '1', '2', '2'])
  await see(page.getByRole('row', { name: /^Votes 1 A dump does not say who voted/ }))
  expect((await ada.get('/spaces?q=Workshop')).items).toEqual([])
  await page.getByRole('button', { name: 'Now import it' }).click()
  await see(page.getByRole('heading', { name: 'The history is here' }))

  const [{ id }] = (await bob.get('/spaces?q=Workshop')).items
  const his = await bob.open(`/spaces/${id}?view=questions&state=answered`)
  await see(entry(his, 'Why do my gears slip again?'))
  // The other one names it, as that which it repeats.
  const question = entry(his, 'See the other and')
  await see(question.getByText('score there: 5').first())
  await question.getByRole('link', { name: 'the other' }).click()
  await see(his.getByRole('heading', { level: 1, name: 'Why do my gears slip again?' }))
  await his.goBack()
  await question.getByRole('button', { name: /replies/ }).click()
  await see(entry(thread(his), 'No idea, 2 * 3 * 4'))
  await see(entry(thread(his), 'The cable').getByText('score there: 3').first())
})
