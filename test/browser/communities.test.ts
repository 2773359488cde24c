import { expect, test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { type Player, useStage } from './scene.ts'
import { focus, gone, railLink, see, seeLive, soon } from './see.ts'

const stage = useStage()

/** Six potters and six cooks who talk among themselves; Olga, who owns the network, talks with nobody. */
async function circles() {
  const all = await stage.people({
    olga: 'owner', ann: 'member', pia: 'member', pit: 'member', pam: 'member', per: 'member', pol: 'member',
    bob: 'member', cia: 'member', cid: 'member', cam: 'member', cor: 'member', col: 'member',
  })
  const { olga, ann, pia, pit, pam, per, pol, bob, cia, cid, cam, cor, col } = all
  const hall: Json = await ann.post('/spaces', { name: 'Hall', purpose: 'Meet', visibility: 'open' })
  const talk = async (circle: Player[], words: string) => {
    for (const one of circle) {
      const root = await one.post(`/spaces/${hall.id}/entries`, { body: `${words} for everyone` })
      for (const other of circle) if (other !== one) await other.post(`/entries/${root.id}/replies`, { body: `${words}, certainly` })
    }
  }
  await talk([ann, pia, pit, pam, per, pol], 'Glazing kilns')
  await talk([bob, cia, cid, cam, cor, col], 'Simmering broth')
  await cia.post(`/entries/${(await pia.post(`/spaces/${hall.id}/entries`, { body: 'Who has a ladder?' })).id}/replies`, { body: 'Me' })
  const found = async () => {
    await soon(async () => (await ann.get('/communities')).items.length).toBe(1)
  }
  return { ...all, olga, found }
}

test('nobody has looked; then people see with whom they often talk, propose a home with keys alone, agree, and it opens', async () => {
  const { olga, ann, pia, pit, pam, found } = await circles()
  const admin = await olga.open('/people')
  await admin.getByRole('link', { name: 'Your communities' }).click()
  await see(admin.getByText('Nobody has looked yet'))
  await admin.getByRole('button', { name: 'Look now' }).click()
  await found()
  await see(admin.getByText('Communities come from talking'))
  await see(admin.locator('main').getByRole('link', { name: 'Hall' }))

  const [page, other, third, fourth] = [await ann.open('/people'), await pia.open('/communities'), await pit.open('/communities'), await pam.open('/communities')]
  const { keyboard } = page
  await see(page.getByRole('heading', { name: 'People' }))
  await keyboard.press('Control+K')
  await page.getByRole('combobox', { name: 'Go to or do' }).fill('communit')
  await keyboard.press('Enter')
  await see(page.getByRole('heading', { level: 2, name: /^You 6 often talk about .*kilns/ }))
  await soon(() => page.getByRole('list', { name: 'The others' }).getByRole('link').count()).toBe(5)
  await gone(page.getByText('broth'))

  await page.getByRole('button', { name: 'Propose a home' }).focus()
  await keyboard.press('Enter')
  await soon(() => focus(page)).toMatch(/^input/)
  await soon(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toMatch(/kilns/i)
  await keyboard.press('Control+A')
  await keyboard.type('Pottery')
  await keyboard.press('Tab')
  await keyboard.type('Talk about clay')
  await see(page.getByText(/Everyone at Acme can read this/))
  await keyboard.press('Tab')
  await keyboard.press('ArrowDown')
  await see(page.getByRole('dialog').getByText('3 people can read this'))
  await keyboard.press('ArrowUp')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await soon(() => focus(page)).toBe('button Propose it')
  await keyboard.press('Enter')
  await see(page.getByText('1 of 3 has said yes'))
  await soon(() => focus(page)).toMatch(/^h2 You 6/)
  await see(page.getByText('Proposed by you'))

  await seeLive(other.getByRole('heading', { name: 'Pottery' }))
  await see(other.getByText(`Proposed by ${ann.name}`))
  await other.getByRole('button', { name: 'Yes, let us' }).click()
  await seeLive(page.getByText('2 of 3 have said yes'))
  await other.getByRole('button', { name: 'Take my yes back' }).click()
  await seeLive(page.getByText('1 of 3 has said yes'))
  await other.getByRole('button', { name: 'Yes, let us' }).click()
  await seeLive(third.getByText('2 of 3 have said yes'))
  // In all windows at once: it is said for four seconds only.
  const told = [page, other, third, fourth].map((one) => seeLive(one.getByText('Pottery is open')))
  await third.getByRole('button', { name: 'Yes, let us' }).click()
  await Promise.all(told)
  for (const one of [page, other, third, fourth]) await see(one.locator('main').getByRole('link', { name: 'Pottery' }))
  await seeLive(railLink(third, /^Pottery/))
  await fourth.locator('main').getByRole('link', { name: 'Pottery' }).click()
  await see(fourth.getByRole('button', { name: 'Accept invitation' }).first())
})

test('whoever proposed a home takes it back, having been asked', async () => {
  const { olga, ann, pia, found } = await circles()
  await olga.post('/communities/find')
  await found()
  const [{ id }] = (await ann.get('/communities')).items
  await ann.post(`/communities/${id}/home`, { name: 'Pottery', purpose: 'Talk about clay' })
  const [page, other] = [await ann.open('/communities'), await pia.open('/communities')]
  await other.getByRole('button', { name: 'Yes, let us' }).click()
  await seeLive(page.getByText('2 of 3 have said yes'))
  await page.getByRole('button', { name: 'Take the proposal back' }).click()
  const dialog = page.getByRole('dialog', { name: /Take “Pottery” back/ })
  await see(dialog.getByText('with it the yes of 1 other'))
  await dialog.getByRole('button', { name: 'Take the proposal back' }).click()
  for (const one of [page, other]) await seeLive(one.getByRole('button', { name: 'Propose a home' }))
})

test('who leaves the picture is in no community at once, and may come back', async () => {
  const { olga, ann, pia, found } = await circles()
  await olga.post('/communities/find')
  await found()
  const page = await pia.open('/communities')
  await see(page.getByRole('heading', { level: 2, name: /^You 6 often talk/ }))
  await page.getByRole('link', { name: 'Your choices' }).click()
  await page.getByRole('switch', { name: 'I am part of the picture' }).click()
  await soon(() => pia.get('/me/network')).toEqual({ in_network: false, count_direct: false })
  await soon(() => page.getByRole('switch', { name: 'My direct messages count' }).isDisabled()).toBe(true)
  await soon(async () => (await ann.get('/communities')).items[0].people.some((one: Json) => one.id === pia.id)).toBe(false)
  await page.goto('/communities')
  await see(page.getByText('You have left the picture'))
  await page.getByRole('button', { name: 'Come back' }).click()
  await gone(page.getByText('You have left the picture'))
  expect(await pia.get('/me/network')).toEqual({ in_network: true, count_direct: false })
})
