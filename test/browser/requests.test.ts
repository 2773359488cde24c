import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { entry, railLink, see, seeLive, soon } from './see.ts'

const stage = useStage()

/** What a page asks the API for from now on. */
function asksOf(page: Page) {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) asked.push(`${request.method()} ${pathname}`)
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
  const page = await openQuiet(bob, '/')
  await see(railLink(page, new RegExp(`^${team.name}`)))
  const asked = asksOf(page)

  const root = await ann.post(`/spaces/${team.id}/entries`, { body: 'Soup today' })
  await seeLive(railLink(page, new RegExp(`^${team.name}.*1 unread`)))
  await ann.post(`/entries/${root.id}/replies`, { body: 'And bread' })
  await seeLive(railLink(page, new RegExp(`^${team.name}.*2 unread`)))
  const elsewhere = await ann.post(`/spaces/${far.id}/entries`, { body: 'Nobody here knows' })
  await eve.put(`/entries/${elsewhere.id}/reactions/${encodeURIComponent('🎉')}`)
  await eve.post(`/spaces/${team.id}/join`)
  await ann.post(`/spaces/${far.id}/join`)
  await ann.post(`/spaces/${far.id}/leave`)
  await eve.post(`/entries/${root.id}/read`)
  await eve.post(`/spaces/${team.id}/leave`)
  // What follows on all of it has come, so nothing of it is still on its way.
  await ann.post(`/spaces/${team.id}/entries`, { body: 'The last one' })
  await see(page.getByRole('article').filter({ hasText: 'The last one' }).or(page.getByRole('button', { name: /^\d+ new/ })).first())
  await seeLive(railLink(page, new RegExp(`^${team.name}.*3 unread`)))
  expect(asked).toEqual([])
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
  expect(asked).toContain(`GET /api/v1/spaces/${team.id}/entries`)
  expect(asked).not.toContain('GET /api/v1/unread')
})
