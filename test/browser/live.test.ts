import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { choose, entry, gone, LIVE, post, railLink, see, seeLive, soon, thread, writeAt } from './see.ts'

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
  const replies = entry(annPage, 'The kiln is ready').getByRole('button', { name: /^1 reply/ })
  await seeLive(replies)
  await replies.click()
  await see(entry(thread(annPage), 'I bring the tiles'))

  await choose(bobPage, entry(thread(bobPage), 'I bring the tiles'), 'Edit')
  await thread(bobPage).getByRole('textbox', { name: 'Edit' }).fill('I bring the blue tiles')
  await thread(bobPage).getByRole('button', { name: 'Save' }).click()
  await seeLive(entry(thread(annPage), 'I bring the blue tiles').getByRole('button', { name: 'edited' }))
  await entry(thread(annPage), 'blue tiles').getByRole('button', { name: 'edited' }).click()
  await see(annPage.getByRole('dialog', { name: 'What it said before' }).getByText('First version'))
  await annPage.keyboard.press('Escape')

  await choose(bobPage, entry(thread(bobPage), 'blue tiles'), 'Delete')
  await gone(entry(thread(annPage), 'blue tiles'), LIVE)
  await bobPage.getByRole('button', { name: 'Undo' }).click()
  await seeLive(entry(thread(annPage), 'blue tiles'))
})

test('a reaction is counted for everybody, once for each person, and can be taken back', async () => {
  const { ann, bob, team } = await stage.team()
  await ann.post(`/spaces/${team.id}/entries`, { body: 'We won the tender' })
  const [annPage, bobPage] = [await ann.open(`/spaces/${team.id}`), await bob.open(`/spaces/${team.id}`)]
  const [here, there] = [entry(annPage, 'We won the tender'), entry(bobPage, 'We won the tender')]
  await see(here)

  await there.hover()
  await there.getByRole('button', { name: 'Add a reaction' }).click()
  await bobPage.getByRole('button', { name: '🎉', exact: true }).first().click()
  await seeLive(here.getByRole('button', { name: '🎉, 1 person' }))
  await here.getByRole('button', { name: '🎉, 1 person' }).click()
  await seeLive(there.getByRole('button', { name: '🎉, 2 people', pressed: true }))
  await there.getByRole('button', { name: '🎉, 2 people' }).click()
  await seeLive(here.getByRole('button', { name: '🎉, 1 person', pressed: true }))
})

test('an emoji found in the picker is the one that others reacted with', async () => {
  const { ann, bob, team } = await stage.team()
  const { id } = await ann.post(`/spaces/${team.id}/entries`, { body: 'We won the tender' })
  await ann.put(`/entries/${id}/reactions/${encodeURIComponent('👍')}`)
  const page = await bob.open(`/spaces/${team.id}`)
  const item = entry(page, 'We won the tender')
  await item.hover()
  await item.getByRole('button', { name: 'Add a reaction' }).click()
  await page.getByRole('searchbox').fill('thumbs up')
  await page.getByRole('gridcell', { name: 'Thumbs up', exact: true }).click()
  await see(item.getByRole('button', { name: '👍, 2 people', pressed: true }))
})

test('in a direct conversation one sees that the other writes, and then what', async () => {
  const { ann, bob } = await stage.team()
  const talk = await ann.post('/conversations', { people: [bob.id] })
  const [annPage, bobPage] = [await ann.open(`/messages/${talk.id}`), await bob.open(`/messages/${talk.id}`)]
  await see(bobPage.getByRole('heading', { level: 1, name: ann.name }))

  const text = await writeAt(annPage, talk.id)
  await text.pressSequentially('Lunch?')
  await seeLive(bobPage.getByText('Ann is writing…'))
  await text.press('Enter')
  await seeLive(entry(bobPage, 'Lunch?'))
  await gone(bobPage.getByText('Ann is writing…'), LIVE)
})

test('what was written while a page was offline arrives when it is back, each line once', async () => {
  const { ann, bob, team } = await stage.team()
  stage.expectTrouble(/ERR_INTERNET_DISCONNECTED/)
  const page = await bob.open(`/spaces/${team.id}`)
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Before' })
  await seeLive(entry(page, 'Before'))

  await page.context().setOffline(true)
  for (const body of ['First in the dark', 'Second in the dark']) await ann.post(`/spaces/${team.id}/entries`, { body })
  await see(page.getByText('No connection.'))
  expect(await entry(page, 'in the dark').count()).toBe(0)

  await page.context().setOffline(false)
  await see(entry(page, 'Second in the dark'))
  await gone(page.getByText('No connection.'))
  await ann.post(`/spaces/${team.id}/entries`, { body: 'And on' })
  await seeLive(entry(page, 'And on'))
  await soon(() => page.locator('main article').allInnerTexts()).toEqual([/And on/, /Second/, /First/, /Before/].map((words) => expect.stringMatching(words)))
})

test('what was not fetched before comes when the network is back, without losing the page', async () => {
  const { ann, bob, team } = await stage.team()
  stage.expectTrouble(/ERR_INTERNET_DISCONNECTED|dynamically imported|HTTP 0/)
  const page = await bob.open(`/spaces/${team.id}`)
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Before' })
  await seeLive(entry(page, 'Before'))
  const text = await writeAt(page, team.id)
  await text.fill('Half a thought')

  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Emoji', exact: true }).first().click()
  await see(page.getByText('No connection.'))
  await soon(() => text.innerText()).toBe('Half a thought')
  await page.context().setOffline(false)
  await see(page.getByPlaceholder('Search emoji'))
  await page.keyboard.press('Escape')

  await page.context().setOffline(true)
  await see(page.getByText('No connection.'))
  await railLink(page, /^People/).click()
  await see(page.getByText('The server did not answer.'))
  await page.context().setOffline(false)
  await see(page.locator('main').getByText(ann.name))
})

test('a page that is older than what the server has now begins anew when it needs more', async () => {
  const { bob } = await stage.people({ bob: 'member' })
  stage.expectTrouble(/404|dynamically imported|HTTP 0/)
  const page = await bob.open('/')
  await see(page.getByRole('heading', { level: 1, name: 'Home' }))
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  let isNewer = false
  await page.route('/assets/PeoplePage-*', (route) => (isNewer ? route.continue() : route.fulfill({ status: 404 })))
  await page.route('/', async (route) => {
    isNewer = true
    await route.fulfill({ body: (await (await route.fetch()).text()).replace('/assets/index-', '/assets/index-newer-') })
  }, { times: 1 })
  await railLink(page, /^People/).click()
  await soon(() => page.evaluate(() => 'isSamePage' in window).catch(() => true)).toBe(false)
  await railLink(page, /^People/).click()
  await see(page.locator('main').getByText(bob.name))
})

test('a restart of the server loses nothing in an open page', async () => {
  const { ann, bob, team } = await stage.team()
  stage.expectTrouble(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection/)
  const page = await bob.open(`/spaces/${team.id}`)
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Before the restart' })
  await seeLive(entry(page, 'Before the restart'))
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  const text = await writeAt(page, team.id)
  await text.fill('Half a thought')

  await stage.stop()
  await see(page.getByText('No connection.'))
  await stage.start()
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Right after the restart' })
  await see(entry(page, 'Right after the restart'))
  await gone(page.getByText('No connection.'))
  await soon(() => text.innerText()).toBe('Half a thought')
  await text.press('Control+Enter')
  await soon(async () => (await ann.get(`/spaces/${team.id}/entries`)).items.map((one: { body: string }) => one.body))
    .toEqual(['Half a thought', 'Right after the restart', 'Before the restart'])
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
})

test('two windows of one person agree on what is unread', async () => {
  const { ann, bob, team } = await stage.team()
  const [one, other] = [await bob.open('/settings/display'), await (await bob.device()).newPage()]
  await other.goto('/settings/profile')
  const root = await ann.post(`/spaces/${team.id}/entries`, { body: `Who has the key, @${bob.handle}?` })
  for (const page of [one, other]) {
    await seeLive(railLink(page, /^Inbox.*1 unread/))
    await seeLive(railLink(page, new RegExp(`^${team.name}.*1 unread`)))
  }

  await railLink(one, /^Inbox/).click()
  await one.getByRole('article').filter({ hasText: 'Mentions you' }).getByRole('button', { name: /Who has the key/ }).first().click()
  await see(entry(thread(one), 'Who has the key'))
  for (const page of [one, other]) {
    await soon(() => railLink(page, /^Inbox/).innerText()).toBe('Inbox')
    await soon(() => railLink(page, new RegExp(`^${team.name}`)).innerText()).toBe(team.name)
  }

  await railLink(other, /^Home/).click()
  await see(entry(other, 'Who has the key'))
  await soon(() => entry(other, 'Who has the key').getAttribute('data-unread')).toBe(null)
  await soon(() => bob.get('/unread')).toEqual({ spaces: {}, inbox: 0, muted: [], muted_spaces: [] })

  await bob.post(`/entries/${root.id}/unread`)
  for (const page of [one, other]) {
    await seeLive(railLink(page, /^Inbox.*1 unread/))
    await seeLive(railLink(page, new RegExp(`^${team.name}.*1 unread`)))
  }
})

test('who is removed from a space sees it vanish and gets nothing more of it', async () => {
  const { ann, bob, team } = await stage.team()
  stage.expectTrouble(/404/)
  const sealed = await ann.post('/spaces', { name: 'Vault', purpose: 'Keep it', visibility: 'secret' })
  await ann.post(`/spaces/${sealed.id}/invitations`, { person: bob.id })
  await bob.post(`/spaces/${sealed.id}/join`)
  await ann.post(`/spaces/${sealed.id}/entries`, { body: 'The first secret' })
  const page = await bob.open('/people')
  const heard = listenTo(page)
  await page.goto(`/spaces/${sealed.id}`)
  await see(entry(page, 'The first secret'))

  const members = await ann.open(`/spaces/${sealed.id}/members`)
  await members.getByRole('button', { name: `Role of ${bob.name}` }).click()
  await members.getByRole('menuitem', { name: 'Remove from the space' }).click()
  await seeLive(page.getByRole('heading', { name: 'Nothing here for you' }).first())
  await gone(railLink(page, /^Vault/), LIVE)
  await gone(entry(page, 'The first secret'), LIVE)

  await ann.post(`/spaces/${sealed.id}/entries`, { body: 'The second secret' })
  await ann.post(`/spaces/${team.id}/entries`, { body: 'For all of the team' })
  await soon(() => heard.join('\n')).toContain('For all of the team')
  expect(heard.join('\n')).not.toContain('The second secret')
  await page.goBack()
  await railLink(page, /^Home/).click()
  await see(entry(page, 'For all of the team'))
  expect(await page.locator('body').innerText()).not.toMatch(/secret|Vault/)
})

/** Everything the live stream tells a page. */
function listenTo(page: Page) {
  const heard: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
  return heard
}
