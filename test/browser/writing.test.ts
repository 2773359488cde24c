import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { composer, entry, gone, post, see, seeLive, soon, writeAt } from './see.ts'

const stage = useStage()

test('after @ one is offered who may read it, and nobody else', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const few = await ann.post('/spaces', { name: 'Few', purpose: 'For two', visibility: 'closed' })
  await ann.post(`/spaces/${few.id}/invitations`, { person: bob.id })
  await bob.post(`/spaces/${few.id}/join`)
  const page = await ann.open(`/spaces/${few.id}`)
  const offered = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')

  let text = await writeAt(page, few.id)
  const answered = page.waitForResponse((answer) => answer.url().includes(`q=${eve.handle}`))
  await text.pressSequentially(`Look, @${eve.handle}`)
  await answered
  await gone(offered.first())
  await text.fill('')
  await text.pressSequentially('Look, @b')
  await soon(() => offered.allInnerTexts()).toEqual([expect.stringContaining(bob.name)])
  await text.press('Enter')
  await soon(() => text.innerText()).toBe(`Look, @${bob.handle} `)
  await text.press('Control+Enter')
  await see(entry(page, 'Look,').getByRole('link', { name: `@${bob.name}` }))
  await soon(async () => (await bob.get('/unread')).inbox).toBe(1)

  await page.goto(`/spaces/${team.id}`)
  text = await writeAt(page, team.id)
  await text.pressSequentially(`@${eve.handle}`)
  await see(offered.filter({ hasText: eve.name }))
})

test('Markdown shortcuts become what they mean; the source can be edited and goes back', async () => {
  const { ann, team } = await stage.team()
  const page = await ann.open(`/spaces/${team.id}`)
  const text = await writeAt(page, team.id)
  await text.pressSequentially('## Plan\nWe **must** try `kiln --hot` #glaze\n- blue\ngreen\n\n> Once')
  await see(text.getByRole('heading', { name: 'Plan' }))
  await see(text.locator('strong', { hasText: 'must' }))
  await see(text.locator('code', { hasText: 'kiln --hot' }))
  await soon(() => text.getByRole('listitem').allInnerTexts()).toEqual(['blue', 'green'])
  await see(text.locator('blockquote', { hasText: 'Once' }))

  const box = composer(page, team.id)
  await box.getByRole('button', { name: 'Write Markdown' }).click()
  const source = box.getByRole('textbox', { name: /as Markdown/ })
  await soon(() => source.inputValue()).toBe('## Plan\n\nWe **must** try `kiln --hot` #glaze\n\n- blue\n- green\n\n> Once')
  await source.fill(`${await source.inputValue()} more\n\n- [x] done\n- [ ] open`)
  await box.getByRole('button', { name: 'Write Markdown' }).click()
  await see(text.locator('blockquote', { hasText: 'Once more' }))
  await soon(() => text.getByRole('checkbox').count()).toBe(2)
  await box.getByRole('button', { name: 'Post', exact: true }).click()

  const item = entry(page, 'Once more')
  await see(item.getByRole('heading', { name: 'Plan' }))
  await see(item.getByRole('link', { name: '#glaze' }))
  await soon(() => item.getByRole('checkbox', { checked: true }).count()).toBe(1)
  expect((await ann.get(`/spaces/${team.id}/entries`)).items[0].body).toContain('> Once more')
})

test('a pasted picture is sent with what it shows', async () => {
  const { ann, bob, team } = await stage.team()
  const [page, other] = [await ann.open(`/spaces/${team.id}`), await bob.open(`/spaces/${team.id}`)]
  const text = await writeAt(page, team.id)
  await text.fill('From the workshop')
  await copyPicture(page)
  await text.press('End')
  await text.press('Control+V')
  const alt = composer(page, team.id).getByRole('textbox', { name: /^What .* shows$/ })
  await alt.fill('A kiln with blue tiles')
  await alt.press('Tab')
  await text.press('Control+Enter')

  const picture = entry(other, 'From the workshop').getByRole('button', { name: 'Open picture: A kiln with blue tiles' })
  await seeLive(picture)
  await soon(() => picture.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
  await picture.click()
  await see(other.getByRole('dialog').getByRole('img', { name: 'A kiln with blue tiles' }))
  await other.keyboard.press('Escape')
  await gone(other.getByRole('dialog'))
})

test('what could not be sent stays where it was written, with the reason, and is sent once when tried again', async () => {
  const { ann, team } = await stage.team()
  stage.expectTrouble(/ERR_FAILED/)
  const page = await ann.open(`/spaces/${team.id}`)
  await page.route('**/api/v1/spaces/*/entries', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await post(page, team.id, 'Long and carefully written')
  const box = composer(page, team.id)
  await see(box.getByRole('alert').filter({ hasText: 'This was not sent. The server did not answer.' }))
  await soon(() => box.locator('[role=textbox]').innerText()).toBe('Long and carefully written')
  await gone(entry(page, 'Long and carefully written'))

  await page.reload()
  await soon(() => box.locator('[role=textbox]').innerText()).toBe('Long and carefully written')
  await page.unroute('**/api/v1/spaces/*/entries')
  await box.getByRole('button', { name: 'Post', exact: true }).click()
  await see(entry(page, 'Long and carefully written'))
  await gone(box.getByRole('alert'))
  // It is shown before the server has it.
  await soon(async () => (await ann.get(`/spaces/${team.id}/entries`)).items.length).toBe(1)
})

test('on Home one may change where to post while writing, and keeps the words', async () => {
  const { ann, team } = await stage.team()
  await ann.post('/spaces', { name: 'Another place', purpose: 'To write elsewhere', visibility: 'open' })
  const page = await ann.open('/')
  const box = composer(page, 'home')
  const text = await writeAt(page, 'home')
  await box.getByRole('textbox', { name: 'Title, if it needs one' }).fill('A title')
  await text.fill('Where does it belong?')
  for (const name of [team.name, 'Another place']) {
    await box.getByTitle('Choose where to post').click()
    await page.getByRole('option', { name: new RegExp(name) }).click()
    await see(box.getByText(new RegExp(`${name} · Everyone at Acme can read this`)))
    await soon(() => text.innerText()).toBe('Where does it belong?')
  }
  await box.getByRole('button', { name: 'Post', exact: true }).click()
  await see(entry(page, 'Where does it belong?').getByRole('link', { name: /^Another place/ }))
  await see(entry(page, 'Where does it belong?').getByRole('heading', { name: 'A title' }))
})

test('before one sends, the composer says who will read it, and the number is right', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const page = await ann.open(`/spaces/${team.id}`)
  const everyone = await readersOf(ann, team.id)
  await see(composer(page, team.id).getByText(`Everyone at Acme can read this, ${everyone} people`))

  const few = await ann.post('/spaces', { name: 'Few', purpose: 'For some', visibility: 'closed' })
  await page.goto(`/spaces/${few.id}`)
  await see(composer(page, few.id).getByText('1 person can read this'))
  await ann.post(`/spaces/${few.id}/invitations`, { person: bob.id })
  await bob.post(`/spaces/${few.id}/join`)
  await seeLive(composer(page, few.id).getByText('2 people can read this'))
  await eve.post(`/spaces/${few.id}/join`)
  await ann.post(`/spaces/${few.id}/requests/${eve.id}/approve`)
  await seeLive(composer(page, few.id).getByText('3 people can read this'))
  expect(await readersOf(ann, few.id)).toBe(3)

  const talk = await ann.post('/conversations', { people: [bob.id] })
  await page.goto(`/messages/${talk.id}`)
  await see(composer(page, talk.id).getByText(`You and ${bob.name}`))
  const group = await ann.post('/conversations', { people: [bob.id, eve.id] })
  await page.goto(`/messages/${group.id}`)
  await see(composer(page, group.id).getByText(`You, ${bob.name} and ${eve.name}`))
})

/** Puts a picture on the clipboard, as a program for pictures does. */
const copyPicture = (page: Page) => page.evaluate(async () => {
  const canvas = new OffscreenCanvas(320, 200)
  const pen = canvas.getContext('2d')!
  pen.fillStyle = '#2b6a8d'
  pen.fillRect(0, 0, 320, 200)
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })])
})

/** How many people an entry there is shown to, counted one by one. */
async function readersOf(one: { get: (path: string) => Promise<any>; post: (path: string, body: object) => Promise<any> }, space: string) {
  const { id } = await one.post(`/spaces/${space}/entries`, { body: 'Who reads this?' })
  const { items, next } = await one.get(`/entries/${id}/audience?limit=100`)
  expect(next).toBe(null)
  return items.length as number
}
