import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { entry, railLink, see, seeLive, soon } from './see.ts'

const stage = useStage()

/** What a page asks the API for from now on; what it notes of the reader's own reading is no question. */
function asksOf(page: Page) {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/') && request.method() === 'GET') asked.push(pathname)
  })
  return asked
}

/** A page on which everything has come that it asks for by itself. */
async function openQuiet(who: { open: (path: string) => Promise<Page> }, path: string) {
  const page = await who.open(path)
  await page.waitForLoadState('networkidle')
  return page
}

test('a post, a reply, a join, a reaction and the reading of others cost a browser no request', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const far = await eve.post('/spaces', { name: 'Far away', purpose: 'Elsewhere', visibility: 'open' })
  // What was done so far is told before; news of one's own spaces would be asked for, and rightly.
  await stage.running.settled()
  const [page, home] = [await openQuiet(bob, '/settings/display'), await openQuiet(bob, '/')]
  await see(home.getByRole('heading', { level: 1, name: 'Home' }))
  await see(railLink(page, new RegExp(`^${team.name}`)))
  const [asked, askedAtHome] = [asksOf(page), asksOf(home)]

  const root = await ann.post(`/spaces/${team.id}/entries`, { body: 'Soup today' })
  await seeLive(entry(home, 'Soup today'))
  // Seen before it is answered: a mark inside of a thread leaves a number that only the server can count.
  await soon(async () => (await bob.get('/unread')).spaces).toEqual({})
  await ann.post(`/entries/${root.id}/replies`, { body: 'And bread' })
  const elsewhere = await ann.post(`/spaces/${far.id}/entries`, { body: 'Nobody here knows' })
  await eve.put(`/entries/${elsewhere.id}/reactions/${encodeURIComponent('🎉')}`)
  await eve.post(`/spaces/${team.id}/join`)
  await ann.post(`/spaces/${far.id}/join`)
  await ann.post(`/spaces/${far.id}/leave`)
  await eve.post(`/entries/${root.id}/read`)
  await eve.post(`/spaces/${team.id}/leave`)
  // What follows on all of it has come, so nothing of it is still on its way.
  await ann.post(`/spaces/${team.id}/entries`, { body: 'The last one' })
  await seeLive(railLink(page, new RegExp(`^${team.name}.*unread`)))
  await seeLive(entry(home, 'The last one').or(home.getByRole('button', { name: /new/ })).first())
  expect(asked).toEqual([])
  expect(askedAtHome).toEqual([])
})

test('what is on the screen is heard without being a member, and asked for again by who comes back to it', async () => {
  const { ann, eve, team } = await stage.team()
  const page = await openQuiet(eve, `/spaces/${team.id}`)
  await see(page.getByRole('heading', { level: 1, name: team.name }))
  await ann.post(`/spaces/${team.id}/entries`, { body: 'She is here' })
  await seeLive(entry(page, 'She is here'))
  await railLink(page, /^Home/).click()
  await see(page.getByRole('heading', { level: 1, name: 'Home' }))
  await soon(async () => (await ann.get(`/spaces/${team.id}`)).member_count).toBe(2)
  await page.waitForLoadState('networkidle')
  const asked = asksOf(page)
  await ann.post(`/spaces/${team.id}/entries`, { body: 'She has gone' })
  await ann.patch('/me', { title: 'Cook' })
  await page.goBack()
  await see(entry(page, 'She has gone'))
  expect(asked).toContain(`/api/v1/spaces/${team.id}/entries`)
  expect(asked).not.toContain('/api/v1/unread')
})
