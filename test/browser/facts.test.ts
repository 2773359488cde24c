import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { useStage } from './scene.ts'
import { composer, entry, gone, see, seeLive, soon, thread, writeAt } from './see.ts'

const stage = useStage()

/** The line of a subject on the board. */
const row = (page: Page, about: string) => page.locator('main').getByRole('listitem').filter({ has: page.getByRole('heading', { name: about, exact: true }) })
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

test('a fact is disputed by five people, until it is known again; each sees it live', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const { carl, dora } = await stage.people({ carl: 'member', dora: 'member' })
  const board = await eve.open(`/spaces/${team.id}?view=facts`)
  await see(board.getByText('Nobody has said what is so here'))

  // Ann says it, with a value.
  const page = await ann.open(`/spaces/${team.id}`)
  const box = composer(page, `space/${team.id}`)
  await box.getByRole('button', { name: 'Something else' }).click()
  await page.getByRole('menuitem', { name: 'Fact' }).click()
  await box.getByRole('textbox', { name: 'What is so', exact: true }).fill('Dew point in the dry room')
  await box.getByRole('textbox', { name: 'Value' }).fill('-42 °C')
  await box.getByRole('radio', { name: 'Certain' }).check({ force: true })
  await box.getByRole('button', { name: 'What it is about, place, source, until when' }).click()
  await box.getByRole('textbox', { name: 'Place' }).fill('Hall 2')
  await box.getByRole('button', { name: 'Say it is so' }).click()
  await see(entry(page, 'Dew point in the dry room').getByText('−42 °C'))
  const line = row(board, 'Dew point in the dry room')
  await seeLive(line.getByRole('button', { name: '−42 °C' }))
  await see(line.getByText('Hall 2'))

  // Bob has seen it so, too.
  const bobs = await bob.open(`/spaces/${team.id}`)
  await entry(bobs, 'Dew point in the dry room').getByRole('button', { name: 'Confirm', exact: true }).click()
  await see(entry(bobs, 'Dew point in the dry room').getByRole('button', { name: 'Confirmed', pressed: true }))
  await seeLive(line.getByText('2 saw it'))
  await see(line.getByText('Sure'))

  // Carl sees otherwise: both stand beside each other.
  const carls = await carl.open(`/spaces/${team.id}?view=facts`)
  await row(carls, 'Dew point in the dry room').getByRole('button', { name: 'Not so…' }).click()
  const dialog = carls.getByRole('dialog', { name: 'What do you see?' })
  await see(dialog.getByText('About: Dew point in the dry room'))
  await dialog.getByRole('textbox', { name: 'Value' }).fill('−31 °C')
  await dialog.getByRole('button', { name: 'Say it is so' }).click()
  await seeLive(line.getByText('Disputed'))
  await see(line.getByRole('region', { name: '−42 °C' }))
  await see(line.getByRole('region', { name: '−31 °C' }))
  await seeLive(entry(page, 'Dew point in the dry room').last().getByText('Others see:'))

  // Ann finds in her inbox that somebody sees it otherwise.
  await page.goto('/inbox')
  await see(page.getByText('Sees it otherwise than you').first())

  // Dora and Eve look: what they see holds.
  const doras = await dora.open(`/spaces/${team.id}?view=facts&state=disputed`)
  await row(doras, 'Dew point in the dry room').getByRole('region', { name: '−31 °C' }).getByRole('button', { name: 'Confirm', exact: true }).click()
  await line.getByRole('region', { name: '−31 °C' }).getByRole('button', { name: 'Confirm', exact: true }).click()
  await soon(async () => (await ann.get(`/spaces/${team.id}/facts`)).items[0].sides.map(({ people }: { people: number }) => people).join()).toBe('3,2')
  const [held] = (await ann.get(`/spaces/${team.id}/facts`)).items
  if (held.disputed) await bob.put(`/entries/${held.sides[0].fact}/confirmation`)
  await gone(line.getByText('Disputed'))
  await see(line.getByRole('button', { name: '−31 °C' }))
  await gone(row(doras, 'Dew point in the dry room'))
})

test('two write at once, and whoever links a fact shows how it stands now, live', async () => {
  const { ann, bob, team } = await stage.team()
  const first = await ann.post(`/spaces/${team.id}/entries`, { kind: 'fact', title: 'Torque of the M5 screws', value: { type: 'number', number: 9, unit: 'Nm' }, seen_at: ago(30) })
  const link = new URL(`/e/${first.id}`, stage.url).href
  await bob.post(`/spaces/${team.id}/entries`, { title: 'For the new line', body: `See ${link}` })
  const page = await ann.open(`/spaces/${team.id}`)
  const card = entry(page, 'For the new line').getByRole('link', { name: /Torque of the M5 screws/ })
  await see(card.getByText('9 Nm'))
  const [a, b] = [await ann.open(`/spaces/${team.id}?view=facts`), await bob.open(`/spaces/${team.id}?view=facts`)]
  for (const [who, value] of [[a, '6 Nm'], [b, '6 nm']] as const) {
    await row(who, 'Torque of the M5 screws').getByRole('button', { name: 'It changed…' }).click()
    await who.getByRole('dialog').getByRole('textbox', { name: 'Value' }).fill(value)
  }
  // Ann's answer comes late, after what both hear of Bob.
  let letGo = () => {}
  const later = new Promise<void>((resolve) => (letGo = resolve))
  await a.route(/\/spaces\/[^/]+\/entries$/, async (route) => {
    const response = await route.fetch()
    await later
    await route.fulfill({ response })
  })
  await Promise.all([a, b].map((who) => who.getByRole('dialog').getByRole('button', { name: 'Say it is so' }).click()))
  // Both said the same: one state, seen by two.
  const areTwo = async () => {
    for (const who of [a, b]) {
      await seeLive(row(who, 'Torque of the M5 screws').getByRole('button', { name: /^6 [Nn]m$/ }))
      await seeLive(row(who, 'Torque of the M5 screws').getByText('2 saw it'))
    }
  }
  await areTwo()
  letGo()
  await gone(a.getByRole('dialog'))
  await areTwo()
  await seeLive(card.getByText('No longer so'))
  await see(card.getByText(/By now: 6\s[Nn]m/))
})

test('what one confirms without a connection arrives with the time one saw it; nothing changes twice', async () => {
  const { ann, bob, team } = await stage.team()
  const fact = await ann.post(`/spaces/${team.id}/entries`, { kind: 'fact', title: 'The lift is out of order', seen_at: ago(3) })
  const page = await bob.open(`/spaces/${team.id}?view=facts`)
  const line = row(page, 'The lift is out of order')
  await see(line.getByRole('button', { name: 'Confirm', exact: true }))
  stage.expectTrouble(/ERR_INTERNET_DISCONNECTED|Failed to load|WebSocket|net::/)
  await page.context().setOffline(true)
  const pressed = Date.now()
  await line.getByRole('button', { name: 'Confirm', exact: true }).click()
  await see(line.getByText('Goes as soon as there is a connection.'))
  await see(line.getByRole('button', { name: 'Confirmed', pressed: true }))
  expect((await ann.get(`/entries/${fact.id}`)).fact.confirmations).toBe(0)
  // Meanwhile Ann looks again; what Bob saw before does not outdo it.
  await ann.put(`/entries/${fact.id}/confirmation`)
  const seen = (await ann.get(`/entries/${fact.id}`)).fact.mine
  await page.context().setOffline(false)
  await soon(async () => (await ann.get(`/entries/${fact.id}`)).fact.confirmations).toBe(1)
  await gone(line.getByText('Goes as soon as there is a connection.'))
  const mine = Date.parse((await bob.get(`/entries/${fact.id}`)).fact.mine)
  expect(mine).toBeGreaterThanOrEqual(pressed - 1000)
  expect(mine).toBeLessThan(Date.parse(seen))
  expect((await ann.get(`/spaces/${team.id}/facts`)).items[0].sides[0].seen_by.id).toBe(ann.id)
})

test('whoever comes back finds first what changed meanwhile, and what is old is visibly so', async () => {
  const { ann, bob, team } = await stage.team()
  const say = (title: string, text: string, more: object = {}) => ann.post(`/spaces/${team.id}/entries`, { kind: 'fact', title, value: { type: 'text', text }, ...more })
  await say('Code of the gate', '4711', { seen_at: ago(50), valid_until: ago(2) })
  const stock = await say('Separators in stock', 'two weeks', { seen_at: ago(9) })
  const page = await bob.open(`/spaces/${team.id}?view=facts`)
  await see(row(page, 'Code of the gate').getByText('Out of date'))
  await soon(async () => (await bob.get(`/spaces/${team.id}/facts`)).position).toBe((await bob.get(`/spaces/${team.id}/facts`)).items[0].changed)
  await ann.post(`/entries/${stock.id}/successors`, { title: 'Separators in stock', value: { type: 'text', text: 'three days' } })
  await page.reload()
  const fresh = page.getByRole('list', { name: 'Changed since you last looked' })
  await see(fresh.getByRole('button', { name: 'three days' }))
  expect(await fresh.getByRole('heading').count()).toBe(1)
  await page.getByRole('searchbox', { name: 'Find by words' }).fill('gate')
  await gone(row(page, 'Separators in stock'))
  await see(row(page, 'Code of the gate'))
  await row(page, 'Code of the gate').getByRole('button', { name: '4711' }).click()
  await see(thread(page).getByRole('heading', { name: 'Code of the gate' }))
  await writeAt(page, (await bob.get(`/spaces/${team.id}/facts?q=gate`)).items[0].sides[0].fact)
})
