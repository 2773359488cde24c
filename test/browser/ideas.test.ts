import pg from 'pg'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { choose, composer, entry, gone, see, seeLive, soon, thread } from './see.ts'

const stage = useStage()

const column = (page: Page, name: string) => page.locator('main').getByRole('region', { name, exact: true })
const card = (page: Page, title: string) => page.locator('main').getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** Lets the months pass after which it is asked whether an idea worked. */
async function letMonthsPass(idea: string) {
  const client = new pg.Client(stage.config.databaseUrl!)
  await client.connect()
  await client.query("update ideas set ask_at = now() - interval '1 minute' where entry_id = $1", [idea])
  await client.end()
}

test('an idea goes from a spark to a result: proposed, supported, tried, adopted, and asked about months later', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const board = await eve.open(`/spaces/${team.id}?view=ideas`)
  await see(board.getByText('No ideas yet'))

  // Bob proposes.
  const bobs = await bob.open(`/spaces/${team.id}?view=ideas`)
  await composer(bobs, `space/${team.id}`).locator('[data-rest]').click()
  await composer(bobs, `space/${team.id}`).getByRole('textbox', { name: 'Your idea in a sentence' }).fill('A shelf at each line')
  await composer(bobs, `space/${team.id}`).getByRole('button', { name: 'Propose', exact: true }).click()
  await see(card(bobs, 'A shelf at each line'))

  // Eve supports it, and is told that this is public and what she has left.
  await seeLive(column(board, 'New').getByRole('heading', { name: 'A shelf at each line' }))
  await see(board.getByText('You have 10 of 10 voices left here. Everyone who reads this space can see who supports what.'))
  await card(board, 'A shelf at each line').getByRole('button', { name: /^Support, / }).click()
  await see(card(board, 'A shelf at each line').getByRole('button', { name: 'Supported, 1 supports it', pressed: true }))
  await see(board.getByText(/You have 9 of 10 voices left here/))
  await seeLive(card(bobs, 'A shelf at each line').getByRole('button', { name: 'Support, 1 supports it' }))

  // Bob takes it to a trial.
  await card(bobs, 'A shelf at each line').getByRole('button', { name: 'A shelf at each line' }).click()
  await thread(bobs).getByRole('button', { name: 'Next step…' }).click()
  const dialog = bobs.getByRole('dialog', { name: 'Take this idea on' })
  expect(await dialog.getByRole('radio', { name: 'Adopted' }).count()).toBe(0)
  await dialog.getByRole('radio', { name: 'On trial' }).check()
  await dialog.getByRole('textbox', { name: 'What will be measured' }).fill('Minutes of walking a shift')
  await dialog.getByLabel('Trial until').fill(day(30))
  await dialog.getByRole('textbox', { name: 'Why', exact: true }).fill('Line 4 first')
  await dialog.getByRole('button', { name: 'Start the trial' }).click()
  await gone(dialog)
  await see(thread(bobs).getByText('Minutes of walking a shift').first())
  await seeLive(column(board, 'On trial').getByRole('heading', { name: 'A shelf at each line' }))
  await gone(column(board, 'New').getByRole('heading', { name: 'A shelf at each line' }))

  // Ann, who hosts the space, adopts it with what was measured.
  const [idea] = (await ann.get(`/spaces/${team.id}/ideas`)).items
  const anns = await ann.open(`/spaces/${team.id}?thread=${idea.id}`)
  await thread(anns).getByRole('button', { name: 'Next step…' }).click()
  const decision = anns.getByRole('dialog', { name: 'Take this idea on' })
  await decision.getByRole('radio', { name: 'Declined' }).check()
  await see(decision.getByRole('textbox', { name: 'Why not' }))
  await decision.getByRole('radio', { name: 'Adopted' }).check()
  await decision.getByRole('textbox', { name: 'What was measured' }).fill('14 minutes less')
  await decision.getByRole('button', { name: 'Adopt it' }).click()
  await seeLive(thread(bobs).getByText('14 minutes less').first())
  await seeLive(column(board, 'Adopted').getByRole('heading', { name: 'A shelf at each line' }))
  await see(board.getByText(/You have 10 of 10 voices left here/))

  // Eve hears of the steps in her inbox.
  await board.goto('/inbox')
  await see(board.getByText('An idea you stand behind took a step').first())

  // Months later those who had a part in it are asked.
  await letMonthsPass(idea.id)
  await board.reload()
  await see(board.getByText('Did it work: A shelf at each line?'))
  await board.getByRole('button', { name: 'Partly' }).click()
  const asked = board.getByRole('dialog', { name: 'Did it work?' })
  await asked.getByRole('textbox', { name: 'In words' }).fill('It is full by noon')
  await asked.getByRole('button', { name: 'Answer' }).click()
  await gone(board.getByText('Did it work: A shelf at each line?'))
  await seeLive(thread(bobs).getByText('It is full by noon'))
  expect((await bob.get(`/entries/${idea.id}`)).idea.worked).toEqual({ yes: 0, partly: 1, no: 0 })
})

test('an idea is made of what was said, handed over and merged, on a phone too', async () => {
  const { ann, bob, eve, team } = await stage.team()
  await ann.post(`/spaces/${team.id}/entries`, { body: 'We could share one van' })
  const roof = await ann.post(`/spaces/${team.id}/entries`, { kind: 'idea', title: 'Fewer vans altogether' })
  const page = await bob.open(`/spaces/${team.id}`)
  await choose(page, entry(page, 'We could share one van').first(), 'Make an idea of this')
  await page.getByRole('dialog', { name: 'Make this an idea' }).getByRole('button', { name: 'Propose', exact: true }).click()
  await see(thread(page).getByRole('link', { name: 'What this idea comes from' }))
  const [van] = (await bob.get(`/spaces/${team.id}/ideas?order=age`)).items
  await eve.put(`/entries/${van.id}/support`)

  await choose(page, entry(thread(page), 'We could share one van').first(), 'Hand over…')
  await page.getByRole('dialog', { name: 'Who could carry this on?' }).getByRole('textbox', { name: 'Name' }).fill('Eve')
  await page.getByRole('dialog', { name: 'Who could carry this on?' }).getByRole('button', { name: eve.name }).click()
  const phone = await eve.open('/inbox', { width: 390, height: 844 })
  await see(phone.getByText('Would you carry this idea on: We could share one van?'))
  await phone.getByRole('button', { name: 'I take it' }).click()
  await soon(async () => (await bob.get(`/entries/${van.id}`)).idea.owner.id).toBe(eve.id)
  await seeLive(thread(page).getByText(/Carried on by/))

  await phone.goto(`/spaces/${team.id}?view=ideas`)
  await see(phone.getByRole('button', { name: /^New/, pressed: true }))
  await see(card(phone, 'We could share one van'))
  const anns = await ann.open(`/spaces/${team.id}?thread=${van.id}`)
  await choose(anns, entry(thread(anns), 'We could share one van').first(), 'Merge into another idea…')
  await anns.getByRole('dialog', { name: 'Into which idea does this one go?' }).getByRole('button', { name: /Fewer vans altogether/ }).click()
  await see(thread(anns).getByText('Goes on in'))
  await gone(card(phone, 'We could share one van'))
  await seeLive(card(phone, 'Fewer vans altogether').getByRole('button', { name: 'Supported, 1 supports it' }))
  await soon(async () => (await eve.get(`/entries/${roof.id}`)).idea.merged).toEqual([van.id])
})
