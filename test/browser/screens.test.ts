import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { PASSWORD, type Player, useStage } from './scene.ts'
import { declaredPaths, inspect, type Screen } from './screens.ts'
import { see, soon, writeAt } from './see.ts'

const stage = useStage()

test('in a network that has just begun, axe finds nothing on any screen, nothing sticks out, and everything can be hit', async () => {
  stage.expectTrouble(/401|404/)
  const link = new URL(stage.running.setupLink!)
  const context = await stage.browser()
  const page = await context.newPage()
  await page.goto('/sign-in')
  await look(page, ['/sign-in', '/setup', `/setup${link.search}`, '/invite/long-over'].map((path) => ({ path })))

  const first = { token: link.searchParams.get('token'), network: 'Acme', name: 'Ada', handle: 'ada', email: 'ada@acme.example', password: PASSWORD }
  const { person } = await (await context.request.post('/api/v1/setup', { data: first })).json()
  await page.goto('/')
  // Settings are the same in a network with people, below.
  const isEmptyHere = (path: string) => !path.includes('$') && !/^.(sign-in|setup|settings|more)/.test(path)
  await look(page, [...declaredPaths().filter(isEmptyHere), `/people/${person.id}`, '/topics/nothing', '/search?q=nothing', '/?show=unread'].map((path) => ({ path })))
}, 300_000)

test('with the sample company, axe finds nothing on any screen, nothing sticks out, and everything can be hit', async () => {
  const { olga, ...others } = await stage.people({ olga: 'owner', ann: 'member', pia: 'member', pit: 'member' })
  await olga.post('/demo')
  await talk([olga, ...Object.values(others)])
  await olga.post('/communities/find')
  await soon(async () => (await olga.get('/communities')).items.length).toBeGreaterThan(0)
  await soon(async () => (await olga.get('/network/map')).regions.length).toBeGreaterThan(0)
  await look(await olga.open('/'), await screensFor(olga))
}, 300_000)

/** Everybody answers everybody, where all may read it: whoever is new in the sample company belongs to nobody in it yet. */
async function talk(people: Player[]) {
  const space = (await people[0].get('/spaces')).items.find((one: Json) => one.visibility === 'open' && one.state === 'active')
  for (const one of people) {
    const root = await one.post(`/spaces/${space.id}/entries`, { body: 'Who has read the shift plan?' })
    for (const other of people) if (other !== one) await other.post(`/entries/${root.id}/replies`, { body: 'I have' })
  }
}

async function look(page: Page, screens: Screen[]) {
  await see(page.getByRole('heading', { level: 1 }))
  const wrong: string[] = []
  for (const screen of screens) wrong.push(...(await inspect(page, screen).catch((error) => [`${screen.path} + ${screen.then?.name}: ${error}`])))
  expect(wrong).toEqual([])
}

/** Every declared page with something in it, and what opens on top of pages. */
async function screensFor(one: Player): Promise<Screen[]> {
  const [space] = (await one.get('/spaces?limit=100')).items.filter((all: Json) => all.my.may_read && all.name === 'Cell chemistry')
  const root = (await one.get(`/spaces/${space.id}/entries`)).items.toSorted((a: Json, b: Json) => b.reply_count - a.reply_count)[0]
  const [talk] = (await one.get('/conversations')).items
  const invitation = await one.post('/invitations', {})
  await one.put(`/entries/${root.id}/stance`, { stance: 'muted' })
  for (const mark of ['resolved', 'pinned']) await one.put(`/entries/${root.id}/${mark}`)
  await one.put(`/entries/${root.id}/saved`, { remind_at: new Date().toISOString() })
  await one.post('/scheduled', { space: space.id, root: root.id, send_at: new Date(Date.now() + 1e7).toISOString(), words: { body: 'And now?' } })
  const ids: Record<string, string> = {
    '/messages/$id': talk.id, '/spaces/$id': space.id, '/spaces/$id/members': space.id, '/spaces/$id/health': space.id, '/people/$id': root.author, '/e/$id': root.id, '/topics/$name': 'cell',
    '/invite/$token': invitation.url.split('/').at(-1), '/confirm-email/$token': 'fme_over',
  }
  const fill = (path: string) => path.replace(/\$\w+/, () => ids[path] ?? expect.fail(`No example for ${path}: name one above.`))
  const entry = `/spaces/${space.id}?thread=${root.id}`
  return [
    // What nobody is signed in for was seen above.
    ...declaredPaths().filter((path) => !['/sign-in', '/setup'].includes(path)).map((path) => ({ path: fill(path) })),
    { path: '/?show=unread' },
    { path: `/spaces/${space.id}?view=flat` },
    ...['facts', 'ideas', 'questions', 'decisions'].map((view) => ({ path: `/spaces/${space.id}?view=${view}` })),
    { path: '/search?q=cell' },
    { path: '/nowhere' },
    { path: entry },
    { path: entry, then: async function emoji(page) {
      await page.getByRole('button', { name: 'Add a reaction' }).first().click()
      await see(page.getByRole('button', { name: '👍', exact: true }).first())
    } },
    { path: '/saved', then: async function reminder(page) {
      await page.locator('main').getByRole('button', { name: /^Remind/ }).first().click()
      await see(page.getByRole('dialog'))
    } },
    { path: `/spaces/${space.id}`, then: async function pins(page) {
      await page.getByRole('button', { name: '1 pinned' }).click()
    } },
    { path: entry, then: async function sendLater(page) {
      await (await writeAt(page, root.id)).fill('Later')
      await page.getByRole('complementary').getByRole('button', { name: 'Send later' }).click()
      await see(page.getByRole('menuitem', { name: /Tomorrow/ }))
    } },
    { path: '/', then: async function palette(page) {
      await page.keyboard.press('Control+K')
      await page.getByRole('combobox', { name: 'Go to or do' }).fill('cell')
      await see(page.getByRole('option', { name: /^Cell chemistry/ }))
    } },
    { path: '/', then: async function shortcuts(page) {
      await page.keyboard.press('?')
      await see(page.getByRole('dialog', { name: 'Keyboard shortcuts' }))
    } },
    { path: '/spaces', then: async function newSpace(page) {
      await page.locator('main').getByRole('button', { name: 'New space' }).first().click()
      await see(page.getByRole('dialog', { name: 'New space' }))
    } },
    { path: '/communities', then: async function proposal(page) {
      await page.getByRole('button', { name: 'Propose a home' }).first().click()
      await page.getByRole('textbox', { name: 'Purpose' }).fill('Talk about cells')
      await page.getByRole('button', { name: 'Propose it' }).click()
      await page.getByRole('button', { name: 'Take the proposal back' }).click()
      await see(page.getByRole('dialog'))
    } },
    { path: '/map', then: async function region(page) {
      await page.getByRole('group', { name: /^Map of the network/ }).locator('button[aria-pressed]').first().click()
      await see(page.getByRole('heading', { name: 'Has most to do with' }))
    } },
    { path: '/map?by=department&view=table' },
    { path: `/spaces/${space.id}`, then: async function composer(page) {
      await page.keyboard.press('c')
      await see(page.getByRole('toolbar', { name: 'Format' }))
    } },
    { path: `/e/${root.id}`, then: async function readers(page) {
      await page.locator('article').first().hover()
      await page.locator('article').first().getByRole('button', { name: 'More', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Who can see this' }).click()
      await soon(() => page.getByRole('dialog').getByRole('listitem').count()).toBeGreaterThan(5)
    } },
  ]
}
