import { test } from 'vitest'
import { useStage } from './scene.ts'
import { choose, composer, entry, focus, gone, post, see, seeLive, soon, thread } from './see.ts'

const stage = useStage()

test('a question is asked by keys alone, answered by another, and settled; the list of what waits follows live', async () => {
  const { ann, bob, team } = await stage.team()
  const waiting = await ann.open(`/spaces/${team.id}?view=questions`)
  await see(waiting.getByText('No question waits for an answer'))
  const page = await bob.open(`/spaces/${team.id}`)
  const { keyboard } = page
  await see(composer(page, `space/${team.id}`))
  await page.locator('body').press('c')
  await soon(() => focus(page)).toMatch(/^div Write in/)
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await soon(async () => {
    await keyboard.press('ArrowRight')
    return page.getByRole('radio', { name: 'Question' }).isChecked()
  }).toBe(true)
  await keyboard.press('Tab')
  await soon(() => focus(page)).toBe('input Your question')
  await keyboard.type('Where is the torque wrench?')
  await keyboard.press('Tab')
  await keyboard.type('Not on the wall.')
  await keyboard.press('Control+Enter')
  await see(entry(page, 'Where is the torque wrench?'))

  await seeLive(entry(waiting, 'Where is the torque wrench?'))
  await entry(waiting, 'Where is the torque wrench?').getByRole('button', { name: 'Reply', exact: true }).click()
  const question = (await bob.get(`/spaces/${team.id}/questions`)).items[0]
  await post(waiting, question.id, 'It hangs in the van')

  await page.keyboard.press('j')
  await page.keyboard.press('o')
  const answer = entry(thread(page), 'It hangs in the van').last()
  await seeLive(answer)
  await answer.getByRole('button', { name: 'This answers it' }).focus()
  await page.keyboard.press('Enter')
  await see(answer.getByText('Answer', { exact: true }))
  await see(thread(page).getByRole('region', { name: /Answer by Ann/ }).getByText('It hangs in the van'))
  await see(entry(page.locator('main'), 'Where is the torque wrench?').getByText('Answered', { exact: true }))
  await gone(waiting.locator('main').getByRole('button', { name: 'Where is the torque wrench?' }))
  await waiting.locator('main').getByRole('button', { name: 'Answered', exact: true }).click()
  await see(entry(waiting.locator('main'), 'Where is the torque wrench?'))

  await answer.getByRole('button', { name: 'This does not answer it' }).click()
  await gone(thread(page).getByRole('region', { name: /Answer by Ann/ }))
  await soon(async () => (await bob.get(`/entries/${question.id}`)).question.accepted).toBe(null)
})

test('while one asks, what was asked in much the same words is shown', async () => {
  const { ann, bob, team } = await stage.team()
  await ann.post(`/spaces/${team.id}/entries`, { kind: 'question', title: 'How do I calibrate the pressure sensor?' })
  const page = await bob.open(`/spaces/${team.id}`)
  const box = composer(page, `space/${team.id}`)
  await box.getByRole('button', { name: 'Something else' }).click()
  await page.getByRole('menuitem', { name: 'Question' }).click()
  await box.getByRole('textbox', { name: 'Your question' }).fill('calibrate pressure sensor')
  await see(box.getByRole('link', { name: 'How do I calibrate the pressure sensor?' }))
  // What was begun is a question still when one comes back.
  await page.reload()
  await see(box.getByRole('radio', { name: 'Question', checked: true }))
  await see(box.getByRole('link', { name: 'How do I calibrate the pressure sensor?' }))
})

test('a question is made of what was said, and each leads to the other; it is linked to the one that it repeats', async () => {
  const { ann, bob, team } = await stage.team()
  const said = await ann.post(`/spaces/${team.id}/entries`, { body: 'How does the valve open?' })
  await ann.post(`/spaces/${team.id}/entries`, { kind: 'question', title: 'How do we open the valve?' })
  const page = await bob.open(`/spaces/${team.id}`)
  await choose(page, entry(page, 'How does the valve open?').first(), 'Ask as a question')
  const dialog = page.getByRole('dialog', { name: 'Make this a question' })
  await see(dialog.getByRole('link', { name: 'How do we open the valve?' }))
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await see(thread(page).getByRole('link', { name: 'What this was asked about' }))
  await choose(page, entry(thread(page), 'How does the valve open?').first(), 'It was asked before…')
  const search = page.getByRole('dialog', { name: 'Which question does this repeat?' })
  await search.getByRole('button', { name: /How do we open the valve\?/ }).click()
  await see(thread(page).getByRole('link', { name: 'How do we open the valve?' }))
  await thread(page).getByRole('link', { name: 'What this was asked about' }).click()
  await see(page.getByText('made a question of this'))
  await page.getByRole('link', { name: 'Open it' }).click()
  await see(page.getByRole('link', { name: 'What this was asked about' }))
  await soon(async () => (await ann.get(`/entries/${said.id}/thread`)).items.at(-1).kind).toBe('question_trace')
})

test('an entry that cannot be drawn does not take the page along', async () => {
  const { ann, bob, team } = await stage.team()
  await ann.post(`/spaces/${team.id}/entries`, { title: 'Good', body: 'Fine' })
  await ann.post(`/spaces/${team.id}/entries`, { title: 'Bad', body: 'Broken' })
  stage.expectTrouble(/length|undefined|null|error/i)
  const page = await bob.open('/people')
  await page.route(/\/entries\?view=threads/, async (route) => {
    const answer = await route.fetch()
    const page = await answer.json()
    for (const item of page.items) if (item.title === 'Bad') item.files = null
    await route.fulfill({ response: answer, json: page })
  })
  await page.goto(`/spaces/${team.id}`)
  await see(page.getByText('This could not be shown.'))
  await see(entry(page, 'Good'))
  await page.unroute(/\/entries\?view=threads/)
  // An event brings it whole, and it is drawn.
  const [bad] = (await ann.get(`/spaces/${team.id}/entries`)).items.filter((item: { title: string }) => item.title === 'Bad')
  await ann.patch(`/entries/${bad.id}`, { body: 'Mended' })
  await seeLive(entry(page, 'Mended'))
})
