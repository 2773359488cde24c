import { test } from 'vitest'
import { useStage } from './scene.ts'
import { choose, entry, gone, LIVE, post, see, seeLive, thread } from './see.ts'

const stage = useStage()

test('what one posts, answers, edits, deletes and takes back appears to the other without a reload', async () => {
  const { ann, bob, team } = await stage.team()
  const [annPage, bobPage] = [await ann.open(`/spaces/${team.id}`), await bob.open(`/spaces/${team.id}`)]
  await see(bobPage.getByRole('heading', { level: 1, name: team.name }))

  await post(annPage, team.id, 'The kiln is ready')
  await seeLive(entry(bobPage, 'The kiln is ready'))

  await entry(bobPage, 'The kiln is ready').getByRole('button', { name: 'Reply' }).click()
  const [{ id: root }] = (await bob.get(`/spaces/${team.id}/entries`)).items
  await post(bobPage, root, 'I bring the tiles')
  await seeLive(entry(annPage, 'The kiln is ready').getByRole('button', { name: '1 reply' }))
  await entry(annPage, 'The kiln is ready').getByRole('button', { name: '1 reply' }).click()
  const reply = entry(thread(annPage), 'I bring the tiles')
  await see(reply)

  await choose(bobPage, entry(thread(bobPage), 'I bring the tiles'), 'Edit')
  const box = thread(bobPage).getByRole('textbox', { name: 'Edit' })
  await box.fill('I bring the blue tiles')
  await thread(bobPage).getByRole('button', { name: 'Save' }).click()
  await seeLive(entry(thread(annPage), 'I bring the blue tiles').getByRole('button', { name: 'edited' }))

  await choose(bobPage, entry(thread(bobPage), 'blue tiles'), 'Delete')
  await gone(entry(thread(annPage), 'blue tiles'), LIVE)
  await bobPage.getByRole('button', { name: 'Undo' }).click()
  await seeLive(entry(thread(annPage), 'blue tiles'))
})
