import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { composer, entry, gone, post, railLink, see, seeLive, soon } from './see.ts'

const stage = useStage()

test('one opens a closed space with a purpose; another asks to be let in, and is', async () => {
  const { ann, bob } = await stage.people({ ann: 'member', bob: 'member' })
  const [page, other] = [await ann.open('/spaces'), await bob.open('/people')]
  await page.getByRole('button', { name: 'New space', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New space' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Glaze chemistry')
  await see(dialog.getByText(/Everyone at Acme can read this, \d+ people/))
  await dialog.getByRole('button', { name: 'Open the space' }).click()
  await soon(() => dialog.getByRole('textbox', { name: 'Purpose' }).evaluate((field: HTMLTextAreaElement) => field.validity.valueMissing)).toBe(true)
  await dialog.getByRole('textbox', { name: 'Purpose' }).fill('Find a glaze without lead')
  await dialog.getByRole('radio', { name: 'Closed' }).check()
  await see(dialog.getByText('Only you can read this'))
  await dialog.getByRole('button', { name: 'Open the space' }).click()
  await see(page.getByRole('heading', { level: 1, name: 'Glaze chemistry' }))
  await gone(dialog)
  await see(page.getByText('Find a glaze without lead'))
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  await post(page, id, 'Zinc might do')
  await see(entry(page, 'Zinc might do'))

  await railLink(other, /^Spaces/).click()
  await other.getByRole('searchbox').fill('glaze')
  await other.getByRole('link', { name: 'Glaze chemistry', exact: true }).click()
  await see(other.getByText('Only members can read this space'))
  await gone(entry(other, 'Zinc'))
  await other.locator('main').getByRole('button', { name: 'Ask to join' }).first().click()
  await see(other.getByText(/You asked to join/))

  // The host finds it in the inbox, with a number on the way there and beside the members, and answers in place.
  await seeLive(page.getByRole('link', { name: '1 member, 1 asks to join' }))
  await seeLive(railLink(page, /^Inbox.*1 unread/))
  await railLink(page, /^Inbox/).click()
  await page.getByRole('button', { name: `Let ${bob.name} in` }).click()
  await gone(page.getByText(`${bob.name} asks to join`))
  await seeLive(entry(other, 'Zinc might do'))
  await seeLive(railLink(other, /^Glaze chemistry/))
  await see(composer(other, id).getByText('2 people can read this'))
  // Who asked is told how it was answered, until they put it away.
  await railLink(other, /^Inbox/).click()
  await see(other.getByRole('link', { name: 'You were let in to Glaze chemistry' }))
  await other.getByRole('button', { name: 'Put away' }).click()
  await see(other.getByText('Nothing waits for you'))
})

test('a space with three invited people is open after five clicks; each finds the invitation in their inbox', async () => {
  const people = await stage.people({ ann: 'member', bob: 'member', cara: 'member', dora: 'member' })
  const [page, other] = [await people.ann.open('/spaces'), await people.bob.open('/')]
  let clicks = 0
  await page.exposeFunction('countClick', () => void clicks++)
  await page.evaluate(() => document.addEventListener('click', () => void (window as any).countClick(), true))
  await page.getByRole('button', { name: 'New space', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New space' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Kiln watch')
  await dialog.getByRole('textbox', { name: 'Name' }).press('Tab')
  await page.keyboard.type('Who is awake when')
  await dialog.getByRole('radio', { name: 'Secret' }).check()
  const field = dialog.getByRole('combobox', { name: 'Invite people' }).or(dialog.getByRole('textbox', { name: 'Invite people' })).first()
  for (const person of [people.bob, people.cara, people.dora]) {
    await field.fill(person.name)
    await field.press('Enter')
    await see(dialog.getByText(person.name, { exact: true }).first())
    await soon(() => field.inputValue()).toBe('')
  }
  await dialog.getByRole('button', { name: 'Open the space' }).click()
  await see(page.getByRole('heading', { level: 1, name: 'Kiln watch' }))
  expect(clicks).toBeLessThanOrEqual(5)

  await page.goto(`${new URL(page.url()).pathname}/members`)
  await see(page.getByRole('region', { name: 'Invited' }).getByText(people.dora.name))
  await page.getByRole('button', { name: `Withdraw the invitation of ${people.dora.name}` }).click()
  await gone(page.getByText(people.dora.name))

  await seeLive(railLink(other, /^Inbox.*1 unread/))
  await see(railLink(other, /^Kiln watch/))
  await railLink(other, /^Inbox/).click()
  await see(other.getByText(`${people.ann.name} invites you to Kiln watch`))
  await other.getByRole('button', { name: 'Accept the invitation to Kiln watch' }).click()
  await see(other.getByText('Nothing waits for you'))
  await soon(async () => (await people.bob.get('/waiting')).count).toBe(0)
  await soon(() => people.dora.get('/waiting')).toMatchObject({ count: 0 })
})

test('a host invites somebody into a secret space; they find the invitation, accept it, and leave again', async () => {
  const { ann, bob } = await stage.people({ ann: 'member', bob: 'member' })
  stage.expectTrouble(/404/)
  const secret = await ann.post('/spaces', { name: 'Surprise', purpose: 'Plan the party', visibility: 'secret' })
  const [page, other] = [await ann.open(`/spaces/${secret.id}/members`), await bob.open('/spaces')]
  await see(other.getByRole('searchbox'))
  await gone(other.getByText('Surprise'))
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const field = page.getByRole('combobox', { name: 'People' }).or(page.getByRole('textbox', { name: 'People' })).first()
  await field.fill(bob.name)
  await field.press('Enter')
  await page.getByRole('button', { name: 'Invite one person' }).click()
  await see(page.getByRole('region', { name: 'Invited' }).getByText(bob.name))

  await seeLive(other.getByRole('link', { name: 'Surprise' }).first())
  await other.getByRole('button', { name: 'Accept invitation' }).first().click()
  await seeLive(railLink(other, /^Surprise/))
  await other.goto(`/spaces/${secret.id}`)
  await see(composer(other, secret.id).getByText('2 people can read this'))
  await other.getByRole('button', { name: 'More about this space' }).click()
  await other.getByRole('menuitem', { name: 'Leave' }).click()
  await see(other.getByText(/no longer be able to read or even find it/))
  await other.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await gone(railLink(other, /^Surprise/))
  await gone(other.getByText('Surprise'))
})

test('a host edits the charter and archives; the others see it at once and can only read', async () => {
  const { ann, bob, team } = await stage.team()
  const [page, other] = [await ann.open(`/spaces/${team.id}`), await bob.open(`/spaces/${team.id}`)]
  await see(composer(other, team.id))
  await page.getByRole('button', { name: 'More about this space' }).click()
  await page.getByRole('menuitem', { name: 'Edit purpose and audience' }).click()
  await page.getByRole('textbox', { name: 'Purpose' }).fill('Fire at noon')
  await page.getByRole('textbox', { name: 'For whom' }).fill('everybody with a kiln')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await seeLive(other.getByText('Fire at noon'))
  await seeLive(other.getByText('For: everybody with a kiln'))

  await page.getByRole('button', { name: 'More about this space' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await seeLive(other.getByText('Archived: to be read, no longer written in'))
  await gone(composer(other, team.id))
  await soon(() => railLink(other, new RegExp(`^${team.name}`)).count()).toBe(0)
})

test('the same people are always the same conversation, sealed, and nobody else comes in', async () => {
  const { ann, bob, eve } = await stage.team()
  stage.expectTrouble(/404/)
  const page = await ann.open('/messages')
  await page.getByRole('button', { name: 'New', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByRole('combobox', { name: 'With whom' }).or(dialog.getByRole('textbox', { name: 'With whom' })).first().fill(bob.name)
  await page.getByRole('option', { name: bob.name }).click()
  await dialog.getByRole('button', { name: 'Open conversation' }).click()
  await page.waitForURL('**/messages/*')
  await see(page.getByText('Sealed: only these people can ever read it.'))
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  await post(page, id, 'Just for us')
  await see(entry(page, 'Just for us'))
  expect((await bob.post('/conversations', { people: [ann.id] })).id).toBe(id)
  const stranger = await eve.open(`/messages/${id}`)
  await see(stranger.getByText('It does not exist, was removed, or is not open to you.'))
})
