import { expect, test } from 'vitest'
import { lettersTo } from '../../server/scene.ts'
import { PASSWORD, useStage } from './scene.ts'
import { entry, gone, post, railLink, see, seeLive, soon, told, writeAt } from './see.ts'

const stage = useStage()

test('a changed profile with a photo is there at once for everybody', async () => {
  const { ann, bob, team } = await stage.team()
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Under my old name' })
  const [page, other] = [await ann.open('/settings'), await bob.open(`/spaces/${team.id}`)]
  await see(entry(other, 'Under my old name'))
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ann Ashworth')
  await page.getByRole('textbox', { name: 'What you do' }).fill('Potter')
  await page.getByRole('textbox', { name: 'About you' }).fill('Ask me about glazes.')
  await page.getByRole('button', { name: 'Save' }).click()
  await see(told(page, 'Saved'))
  await seeLive(entry(other, 'Under my old name').getByRole('heading', { name: 'Ann Ashworth' }))

  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await drawing(page) })
  await see(page.getByRole('button', { name: 'Change photo' }))
  const photo = entry(other, 'Under my old name').locator('img')
  await seeLive(photo.first())
  await soon(() => photo.first().evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
  await entry(other, 'Under my old name').getByRole('link', { name: 'Ann Ashworth' }).click()
  await see(other.getByText('Ask me about glazes.'))
  await see(other.getByText(`Potter · @${ann.handle}`))
})

test('another e-mail address waits until its mailbox confirms it', async () => {
  const { ann, ada } = await stage.people({ ann: 'member', ada: 'admin' })
  const [old, fresh] = [`${ann.handle}@acme.example`, `${ann.handle}@new.example`]
  const page = await ann.open('/settings')
  const field = page.getByRole('textbox', { name: 'E-mail' })
  await field.fill(fresh)
  await page.getByRole('button', { name: 'Save' }).click()
  await see(page.getByText(`Until then ${old} stays.`))
  expect(await field.inputValue()).toBe(fresh)
  // Saving something else sends no second letter.
  await page.getByRole('textbox', { name: 'What you do' }).fill('Potter')
  await page.getByRole('button', { name: 'Save' }).click()
  await soon(async () => (await ann.get('/me')).title).toBe('Potter')
  expect(JSON.stringify(await ada.get('/mailbox'))).not.toContain('fme_')
  const letters = await lettersTo(stage.config, fresh)
  expect(letters).toHaveLength(1)

  // The letter may be opened where one is not signed in.
  stage.expectTrouble(/401/)
  const elsewhere = await (await stage.browser()).newPage()
  await elsewhere.goto(/\/confirm-email\/\S+/.exec(letters[0].text)![0])
  await elsewhere.getByRole('textbox', { name: 'Handle or e-mail' }).fill(old)
  await elsewhere.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await see(elsewhere.getByText(`Make ${fresh} the address of @${ann.handle}?`))
  await elsewhere.getByRole('button', { name: 'Confirm the address' }).click()
  await see(elsewhere.getByText(`${fresh} is your address from now on.`))
  await gone(page.getByText(`Until then ${old} stays.`))
  expect(await field.inputValue()).toBe(fresh)
  await elsewhere.reload()
  await see(elsewhere.getByText(`@${ann.handle} is not waiting for an address.`))
})

test('a session that is ended elsewhere ends there at once', async () => {
  const { ann } = await stage.team()
  stage.expectTrouble(/401|no valid credentials/)
  const page = await ann.open('/settings/security')
  const lost = await (await ann.device()).newPage()
  await lost.goto('/')
  await see(lost.getByRole('heading', { level: 1, name: 'Home' }))
  await page.reload()
  await see(page.getByText('This browser'))
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await gone(page.getByRole('button', { name: 'Sign out', exact: true }))
  await seeLive(lost.getByRole('button', { name: 'Sign in' }))
  await see(page.getByText('This browser'))
})

test('a passkey made here signs in without a name', async () => {
  const { ann } = await stage.team()
  const page = await ann.open('/settings/security')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  await page.getByRole('textbox', { name: 'Name' }).fill('My laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await see(page.getByRole('button', { name: 'Remove My laptop' }))

  stage.expectTrouble(/401/)
  await page.getByRole('button', { name: ann.name }).last().click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  // The browser may be quicker with what the page offers by itself, and a slow one ends that without a word: then one presses again.
  const home = page.getByRole('heading', { level: 1, name: 'Home' })
  for (let tries = 0; tries < 5 && !(await home.isVisible()); tries++) {
    await page.getByRole('button', { name: 'Use a passkey' }).click({ timeout: 5000 }).catch(() => {})
    await see(home, 5000).catch(() => {})
  }
  await see(home)
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Remove My laptop' }).click()
  await gone(page.getByRole('button', { name: 'Remove My laptop' }))
})

test('a token for a program is shown this once, works, and stops working when it is revoked', async () => {
  const { ann } = await stage.team()
  const page = await ann.open('/settings/tokens')
  await page.getByRole('textbox', { name: 'For which program' }).fill('Build bot')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const token = await page.getByRole('textbox', { name: /shown only this once/ }).inputValue()
  const ask = async () => (await fetch(`${stage.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status
  expect(await ask()).toBe(200)
  await page.reload()
  await see(page.getByText('Build bot'))
  expect(await page.content()).not.toContain(token)
  const line = page.locator('main').getByText('Build bot').locator('xpath=ancestor::*[.//button][1]')
  await line.getByRole('button', { name: 'Revoke' }).click()
  await gone(page.getByText('Build bot'))
  expect(await ask()).toBe(401)
})

test('in German everything is German, and stays it', async () => {
  const { ann, team } = await stage.team()
  const page = await ann.open('/', { language: 'de-AT' })
  await see(page.getByRole('heading', { level: 1, name: 'Start' }))
  await soon(() => page.locator('html').getAttribute('lang')).toBe('de')
  await page.goto(`/spaces/${team.id}`)
  await post(page, team.id, 'Der Ofen ist heiß')
  await see(page.getByText(/^Alle bei Acme können das lesen, \d+ Personen$/))
  await page.getByRole('button', { name: ann.name }).last().click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await see(railLink(page, /^Spaces/))
  await page.reload()
  await see(railLink(page, /^Spaces/))
  await soon(() => page.locator('html').getAttribute('lang')).toBe('en')
})

test('letters speak the language that was chosen here, not the browser\'s', async () => {
  const { ada } = await stage.people({ ada: 'admin' })
  const page = await ada.open('/settings/display')
  await page.locator('main').getByText('Deutsch', { exact: true }).click()
  await see(page.getByRole('heading', { name: 'Sprache' }))
  await page.goto('/admin/invitations')
  await page.getByRole('textbox', { name: 'E-Mail' }).fill('zoe@acme.example')
  await page.getByRole('button', { name: 'Einladung schicken' }).click()
  await see(page.getByRole('textbox', { name: /zoe@acme.example/ }))
  await page.goto('/admin/mailbox')
  await see(page.getByText(`${ada.name} lädt dich zu Acme ein`, { exact: true }))
})

test('after signing out nothing of what was read or written is left in the browser', async () => {
  const { ann, bob, team } = await stage.team()
  stage.expectTrouble(/401/)
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Between us' })
  const page = await ann.open(`/spaces/${team.id}`)
  await see(entry(page, 'Between us'))
  const text = await writeAt(page, team.id)
  await text.fill('An unfinished thought')
  await signOut(page, ann.name)
  // The browser is known again; that opens nothing.
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['device'])
  const kept = await page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys()]))
  expect(kept).not.toMatch(/unfinished|Between us/)
  await page.goBack()
  await see(page.getByRole('button', { name: 'Sign in' }))
  expect(await page.locator('body').innerText()).not.toContain('Between us')

  await page.getByRole('textbox', { name: 'Handle or e-mail' }).fill(bob.handle)
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await see(page.getByRole('button', { name: bob.name }).last())
  await page.goto(`/spaces/${team.id}`)
  await see(entry(page, 'Between us'))
  expect(await page.locator('body').innerText()).not.toContain('unfinished')
})

async function signOut(page: Awaited<ReturnType<import('./scene.ts').Player['open']>>, name: string) {
  await page.getByRole('button', { name }).last().click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await see(page.getByRole('button', { name: 'Sign in' }))
}

/** A small picture, drawn by the page. */
async function drawing(page: import('playwright-core').Page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(300, 300)
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#c48'
    pen.fillRect(0, 0, 300, 300)
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())]
  })
  return Buffer.from(bytes)
}
