import type { Page, Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { choose, composer, entry, gone, post, see, seeLive, soon, writeAt } from './see.ts'

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
  await soon(() => text.innerText()).toBe(`Look, @${bob.name} `)
  await text.press('Control+Enter')
  await see(entry(page, 'Look,').getByRole('link', { name: `@${bob.name}` }))
  await soon(async () => (await bob.get('/unread')).inbox).toBe(1)

  await page.goto(`/spaces/${team.id}`)
  text = await writeAt(page, team.id)
  await text.pressSequentially(`@${eve.handle}`)
  await see(offered.filter({ hasText: eve.name }))
})

test('in every script a person chosen after @ is told, in its full-width form too', async () => {
  const { ann, bob, team } = await stage.team()
  const page = await ann.open(`/spaces/${team.id}`)
  const offered = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')
  for (const [before, sign, after] of [['助かりました', '＠', 'さん'], ['תודה ל', '@', ''], ['ขอบคุณมากนี่', '@', 'ครับ']]) {
    const text = await writeAt(page, team.id)
    await text.pressSequentially(`${before}${sign}${bob.handle}`)
    await see(offered.filter({ hasText: bob.name }))
    await text.press('Enter')
    await text.pressSequentially(after)
    await text.press('Control+Enter')
    await see(entry(page, before).getByRole('link', { name: `@${bob.name}` }))
  }
  await soon(async () => (await bob.get('/unread')).inbox).toBe(3)
  const text = await writeAt(page, team.id)
  await text.pressSequentially(`x@${bob.handle}`)
  await gone(offered.first())
})

test('the Enter that ends a composition sends nothing, in whatever order a browser tells of it', async () => {
  const { ann, bob } = await stage.team()
  const talk = await ann.post('/conversations', { people: [bob.id] })
  const page = await ann.open(`/messages/${talk.id}`)
  const said = async () => (await ann.get(`/spaces/${talk.id}/entries?view=flat`)).items.length
  const rich = await writeAt(page, talk.id)
  await rich.pressSequentially('あした')
  const compose = (place: typeof rich, order: string) => place.evaluate((element, how) => {
    const key = (init: KeyboardEventInit & { keyCode?: number }) => element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...init }))
    const end = () => element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: 'あした' }))
    if (how === 'told') key({ isComposing: true })
    if (how === 'numbered') key({ keyCode: 229 })
    if (how === 'safari') { end(); key({ keyCode: 229 }) }
    if (how === 'silent') { end(); key({ keyCode: 13 }) }
  }, order)
  for (const order of ['told', 'numbered', 'safari', 'silent']) await compose(rich, order)
  await page.getByRole('button', { name: 'Write Markdown' }).click()
  const source = page.locator('textarea')
  await see(source)
  for (const order of ['told', 'numbered', 'safari', 'silent']) await compose(source, order)
  expect(await source.inputValue()).toBe('あした')
  expect(await said()).toBe(0)
  // The next press is one's own; an empty field sends nothing.
  await soon(async () => {
    // What was sent leaves the field, and with it the source.
    if (await source.isVisible()) await source.press('Enter', { timeout: 1000 }).catch(() => {})
    return said()
  }).toBe(1)
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
  await soon(async () => (await ann.get(`/spaces/${team.id}/entries`)).items[0]?.body).toContain('> Once more')
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

test('what is sent while its file is still on the way goes with it', async () => {
  const { ann, team } = await stage.team()
  const page = await ann.open(`/spaces/${team.id}`)
  const { promise: arrives, resolve: letThrough } = Promise.withResolvers<void>()
  await page.route('**/api/v1/files', async (route) => {
    await arrives
    await route.continue()
  })
  const text = await writeAt(page, team.id)
  await composer(page, team.id).locator('input[type=file]').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') })
  await text.fill('The plan')
  await text.press('Control+Enter')
  await see(composer(page, team.id).getByText('Goes as soon as the files are there'))
  letThrough()
  await seeLive(entry(page, 'The plan').getByText('plan.txt'))
  await soon(async () => (await ann.get(`/spaces/${team.id}/entries`)).items.map(({ files }: { files: { name: string }[] }) => files.map(({ name }) => name))).toEqual([['plan.txt']])
})

const entriesOf = (url: string) => /\/spaces\/[^/]+\/entries$/.test(url)

test('what could not be sent is kept and goes by itself, once, also when the page was loaded again meanwhile', async () => {
  const { ann, team } = await stage.team()
  stage.expectTrouble(/ERR_FAILED|503/)
  const page = await ann.open(`/spaces/${team.id}`)
  const stop = (how: (route: Route) => Promise<void>) => page.route((url) => entriesOf(url.pathname), (route) => (route.request().method() === 'POST' ? how(route) : route.continue()))
  await stop((route) => route.abort())
  await post(page, team.id, 'Long and carefully written')
  await see(entry(page, 'Long and carefully written').getByText('Not sent yet. It is tried again by itself.'))
  await page.unrouteAll()
  // Carried out, and the answer lost: the same key does it once.
  await stop(async (route) => {
    await route.fetch()
    await route.fulfill({ status: 503, json: { code: 'unavailable' } })
  })
  await soon(async () => (await ann.get(`/spaces/${team.id}/entries`)).items.length).toBe(1)
  await page.reload()
  await see(entry(page, 'Long and carefully written').getByText('Not sent yet. It is tried again by itself.'))
  await page.unrouteAll()
  await gone(entry(page, 'Long and carefully written').getByText('Not sent yet.'))
  // What is there already and what is still being sent are one as soon as the answer comes.
  await soon(() => entry(page, 'Long and carefully written').count()).toBe(1)
  expect((await ann.get(`/spaces/${team.id}/entries`)).items.length).toBe(1)
  await soon(() => page.evaluate(() => Object.keys(localStorage).filter((name) => /sending|draft/.test(name)))).toEqual([])
})

test('what the server refuses comes back to where it was written, with the reason', async () => {
  const { ann, team } = await stage.team()
  stage.expectTrouble(/403/)
  const page = await ann.open(`/spaces/${team.id}`)
  await page.route((url) => entriesOf(url.pathname), (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 403, json: { code: 'forbidden', detail: 'Not here.' } }) : route.continue()))
  await post(page, team.id, 'Long and carefully written')
  const box = composer(page, team.id)
  await see(box.getByRole('alert').filter({ hasText: 'This was not sent.' }))
  await soon(() => box.locator('[role=textbox]').innerText()).toBe('Long and carefully written')
  await gone(entry(page, 'Long and carefully written'))
})

test('what was sent can be taken back before anybody has heard of it, its files too; a page that is left sends it', async () => {
  const { ann, bob, team } = await stage.team()
  const [device, other] = [await ann.device({ undo: true }), await bob.open(`/spaces/${team.id}`)]
  const page = await device.newPage()
  await page.goto(`/spaces/${team.id}`)
  const text = await writeAt(page, team.id)
  const box = composer(page, team.id)
  await box.locator('input[type=file]').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') })
  await see(box.getByRole('button', { name: 'Remove plan.txt' }))
  await text.fill('Too early')
  await text.press('Control+Enter')
  await entry(page, 'Too early').getByRole('button', { name: 'Undo' }).click()
  await soon(() => text.innerText()).toBe('Too early')
  await see(box.getByRole('button', { name: 'Remove plan.txt' }))
  await gone(entry(page, 'Too early'))

  await text.fill('In time')
  await text.press('Control+Enter')
  await see(entry(page, 'In time').getByText('Sent'))
  await page.close()
  await seeLive(entry(other, 'In time'))
  await see(entry(other, 'In time').getByText('plan.txt'))
  await soon(async () => (await bob.get(`/spaces/${team.id}/entries`)).items.map(({ body }: { body: string }) => body)).toEqual(['In time'])
  await soon(async () => (await ann.get('/drafts')).items).toEqual([])
})

test('Enter does what one is used to: said once, changed on the spot; and no space is left where a text ends', async () => {
  const { ann, bob, team } = await stage.team()
  const root = await bob.post(`/spaces/${team.id}/entries`, { body: 'A beginning' })
  const page = await ann.open(`/spaces/${team.id}?thread=${root.id}`)
  const text = await writeAt(page, root.id)
  const box = composer(page, root.id)
  await text.pressSequentially('one \ntwo ')
  await box.getByText('Enter makes a new line, Ctrl+Enter sends').waitFor()
  await box.getByRole('button', { name: 'Let Enter send' }).click()
  await text.press('Enter')
  await soon(async () => (await ann.get(`/entries/${root.id}/thread`)).items.map(({ body }: { body: string }) => body)).toEqual(['one\n\ntwo'])
  await text.pressSequentially('three')
  await gone(box.getByText('Shift+Enter makes a new line'))

  const talk = await ann.post('/conversations', { people: [bob.id] })
  await page.goto(`/messages/${talk.id}`)
  // Without a click: the box of a conversation has the focus.
  const line = composer(page, talk.id).locator('textarea, [role=textbox]')
  await soon(() => line.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.type('hello')
  await page.keyboard.press('Enter')
  await soon(async () => (await bob.get(`/spaces/${talk.id}/entries`)).items.map(({ body }: { body: string }) => body)).toEqual(['hello'])
})

test('whoever edits adds and removes files, and the answer beside makes room', async () => {
  const { ann, team } = await stage.team()
  const page = await ann.open(`/spaces/${team.id}`)
  const text = await writeAt(page, team.id)
  await composer(page, team.id).locator('input[type=file]').setInputFiles(['old.txt', 'kept.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })))
  await text.fill('With files')
  await see(composer(page, team.id).getByRole('button', { name: 'Remove kept.txt' }))
  await text.press('Control+Enter')
  const [{ id }] = await expect.poll(async () => (await ann.get(`/spaces/${team.id}/entries`)).items, { timeout: 30_000 }).toHaveLength(1).then(async () => (await ann.get(`/spaces/${team.id}/entries`)).items)
  await page.goto(`/spaces/${team.id}?thread=${id}`)
  const item = page.getByRole('complementary').locator('article')
  await see(composer(page, id))
  await choose(page, item, 'Edit')
  await gone(composer(page, id))
  await item.getByRole('button', { name: 'Remove old.txt' }).click()
  await item.locator('input[type=file]').setInputFiles({ name: 'new.txt', mimeType: 'text/plain', buffer: Buffer.from('new') })
  await see(item.getByRole('button', { name: 'Remove new.txt' }))
  await item.getByRole('button', { name: 'Save' }).click()
  await soon(async () => (await ann.get(`/entries/${id}`)).files.map(({ name }: { name: string }) => name)).toEqual(['kept.txt', 'new.txt'])
  await see(composer(page, id))
  const stolen = (await ann.get(`/entries/${id}`)).files[0].id
  const other = await ann.post(`/spaces/${team.id}/entries`, { body: 'Another' })
  expect(await ann.patch(`/entries/${other.id}`, { files: [stolen] })).toMatchObject({ code: 'not_your_file' })
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

test('people stand by their names while one writes and edits; what is stored stays as it was written', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const body = `Ask @${bob.handle}, **@${eve.handle}** or @nobody-here; \`@${bob.handle}\` is code`
  const { id } = await ann.post(`/spaces/${team.id}/entries`, { body })
  const page = await ann.open(`/spaces/${team.id}`)
  const stored = async () => (await ann.get(`/entries/${id}`)).body
  await choose(page, entry(page, 'Ask'), 'Edit')
  const box = page.locator('[data-editing] [role=textbox]')
  await soon(() => box.innerText()).toBe(`Ask @${bob.name}, @${eve.name} or @nobody-here; @${bob.handle} is code`)
  // Typed by hand, and then left; one key takes away a whole name.
  await box.press('Control+End')
  await box.pressSequentially(` and @${bob.handle} too`)
  await soon(() => box.innerText()).toContain(`and @${bob.name} too`)
  await page.locator('[data-editing]').getByRole('button', { name: 'Save' }).click()
  await soon(stored).toBe(`${body} and @${bob.handle} too`)
  await choose(page, entry(page, 'Ask'), 'Edit')
  await box.press('Control+End')
  for (let times = 0; times < 5; times++) await box.press('Backspace')
  await soon(async () => (await box.innerText()).trimEnd()).toBe(`Ask @${bob.name}, @${eve.name} or @nobody-here; @${bob.handle} is code and`)
  await page.locator('[data-editing]').getByRole('button', { name: 'Save' }).click()
  await soon(stored).toBe(`${body} and`)
  await choose(page, entry(page, 'Ask'), 'What it said before')
  await see(page.getByRole('dialog').getByText(`Ask @${bob.name}`).first())
})

test('what was begun elsewhere shows the names of people, once it is known who they are', async () => {
  const { ann, bob, eve, team } = await stage.team()
  await ann.put(`/drafts/${team.id}`, { version: 0, body: `Dear @${bob.handle}, and @${eve.handle} as well` })
  const page = await ann.open(`/spaces/${team.id}`)
  const text = await writeAt(page, team.id)
  await soon(() => text.innerText()).toBe(`Dear @${bob.name}, and @${eve.name} as well`)
})
