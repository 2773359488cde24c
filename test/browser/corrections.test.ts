import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { choose, entry, gone, railLink, see, seeLive, soon, thread } from './see.ts'

const stage = useStage()

const note = (page: Page | ReturnType<typeof entry>, name: string) => page.getByRole('region', { name, exact: true })

/** Waits until what was on a page was noted. */
const looked = (page: Page) => page.waitForResponse((response) => response.url().endsWith('/readings') && response.status() === 204)

test('an author corrects: who read it is told with the difference, who did not is not, and what quotes it shows it as it is', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const { gina } = await stage.people({ gina: 'member' })
  await gina.post(`/spaces/${team.id}/join`)
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'open' })
  const post = await bob.post(`/spaces/${team.id}/entries`, { title: 'Supply', body: 'The supply of line 4 runs at **40 V** since Monday.' })
  await ann.post(`/spaces/${board.id}/entries`, { body: `They say so: ${stage.url}/e/${post.id}` })

  // Ann reads it in the space; Eve meets it as a card elsewhere; Gina does not look.
  const anns = await ann.open(`/spaces/${team.id}`)
  await see(entry(anns, 'runs at').first())
  await soon(async () => (await ann.get(`/spaces/${team.id}`)).my.unread).toBe(0)
  const eves = await eve.open(`/spaces/${board.id}`)
  const card = eves.locator('[data-shown]')
  await Promise.all([looked(eves), see(card.getByText('The supply of line 4 runs at 40 V since Monday.'))])

  // Bob marks what is wrong, and says what is right: the text follows.
  const bobs = await bob.open(`/spaces/${team.id}`)
  const mine = entry(bobs, 'runs at').first()
  await mine.getByText('40 V', { exact: true }).dblclick()
  await mine.getByText('40 V', { exact: true }).selectText()
  await choose(bobs, mine, 'Correct…')
  const dialog = bobs.getByRole('dialog', { name: 'Correct this' })
  expect(await dialog.getByRole('textbox', { name: 'What was wrong' }).inputValue()).toBe('40 V')
  await dialog.getByRole('textbox', { name: 'What is right' }).fill('48 V')
  expect(await dialog.getByRole('textbox', { name: 'How it reads now' }).inputValue()).toBe('The supply of line 4 runs at **48 V** since Monday.')
  await dialog.getByRole('button', { name: 'Correct', exact: true }).click()
  await gone(dialog)
  await see(note(mine, 'Corrected'))

  // It is so on every screen that shows it, at once.
  await seeLive(note(entry(anns, 'Supply').first(), 'Corrected').getByText('48'))
  await seeLive(card.getByText('The supply of line 4 runs at 48 V since Monday.'))
  await see(card.getByText('Corrected', { exact: true }))

  // One quiet notice for whoever read it, with the difference; Gina has none.
  for (const page of [anns, eves]) {
    await seeLive(railLink(page, /^Inbox/).getByText('1'))
    await page.goto('/inbox')
    await see(page.getByText('This was corrected'))
    expect(await page.locator('article').getByRole('deletion').first().textContent()).toContain('40')
    expect(await page.locator('article').getByRole('insertion').first().textContent()).toContain('48')
  }
  expect((await gina.get('/inbox')).items).toEqual([])
  await anns.getByRole('button', { name: /^Supply/ }).click()
  await see(note(thread(anns), 'Corrected'))
  await gone(railLink(anns, /^Inbox/).getByText('1'))

  // Ann, who hosts the space, corrects beside the words.
  await choose(anns, entry(thread(anns), 'runs at').first(), 'Correct…')
  const beside = anns.getByRole('dialog', { name: 'Correct this' })
  await see(beside.getByText(/words, and they stay as they are/))
  await beside.getByRole('textbox', { name: 'What was wrong' }).fill('since Monday')
  await beside.getByRole('textbox', { name: 'What is right' }).fill('since Sunday')
  await beside.getByRole('button', { name: 'Correct', exact: true }).click()
  await seeLive(mine.getByText(`Corrected by ${ann.name}`))
  await mine.getByRole('button', { name: 'All 2 corrections' }).click()
  const history = bobs.getByRole('dialog', { name: 'What was corrected' })
  await see(history.getByText('The text was changed with it; its history has how it read before.'))
  expect(await history.getByRole('listitem').count()).toBe(2)
  await bobs.keyboard.press('Escape')
  await gone(history)

  // Found by what is right, with what was wrong beside it.
  await anns.goto(`/search?q=${encodeURIComponent('"since Sunday" is:corrected')}`)
  await see(note(entry(anns, 'Supply').first(), 'Corrected'))
})

test('what is taken back stays and is struck through, on a phone too, without a connection later, and stands again', async () => {
  stage.expectTrouble(/ERR_INTERNET_DISCONNECTED|Failed to load|WebSocket|net::/)
  const { ann, bob, team } = await stage.team()
  const post = await bob.post(`/spaces/${team.id}/entries`, { body: 'The oven is free tonight' })
  await ann.post(`/entries/${post.id}/replies`, { body: 'Good' })
  const phone = await bob.open(`/spaces/${team.id}`, { width: 390, height: 844, dark: true })
  const anns = await ann.open(`/spaces/${team.id}`)
  const [mine, theirs] = [phone, anns].map((page) => entry(page, 'The oven is free').first())
  const struck = (item: typeof mine) => item.getByText('The oven is free tonight').evaluate((element) => {
    for (let at: Element | null = element; at; at = at.parentElement) if (getComputedStyle(at).textDecorationLine === 'line-through') return true
    return false
  })

  await choose(phone, mine, 'Take back…')
  const dialog = phone.getByRole('dialog', { name: 'Take this back' })
  await phone.context().setOffline(true)
  await dialog.getByRole('textbox', { name: 'Why' }).fill('It is booked by the other line')
  await dialog.getByRole('button', { name: 'Take back', exact: true }).click()
  await see(phone.getByText('This is sent as soon as there is a connection.'))
  expect((await ann.get(`/entries/${post.id}`)).corrected).toBeNull()
  await phone.context().setOffline(false)
  await seeLive(note(theirs, 'Taken back').getByText('It is booked by the other line'))
  await see(note(mine, 'Taken back'))
  expect([await struck(mine), await struck(theirs)]).toEqual([true, true])

  await anns.goto('/inbox')
  await see(anns.getByText('This was corrected'))
  await see(anns.locator('article').getByText('It is booked by the other line'))
  await choose(phone, mine, 'It stands after all')
  await seeLive(anns.locator('article').getByText('It stands after all'))
  await see(note(mine, 'It stands after all'))
})
