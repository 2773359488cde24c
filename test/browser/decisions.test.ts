import type { Page } from 'playwright-core'
import { sql } from 'kysely'
import { test } from 'vitest'
import { openHost } from '../../server/host.ts'
import { useStage } from './scene.ts'
import { composer, entry, gone, see, seeLive, soon, thread } from './see.ts'

const stage = useStage()

/** Its moment comes, as if the time had passed: the job of every minute, or its own, closes it. */
async function letClose(id: string) {
  const { host, close } = await openHost(stage.config)
  await sql`update decisions set closes_at = now() - interval '1 second' where entry_id = ${id}`.execute(host.db)
  await sql`select graphile_worker.add_job('close-decision', json_build_object('id', ${id}::text))`.execute(host.db)
  await close()
}

/** A part of the thread, by its whole name: what is written in "Tell the outcome" stands there while "Outcome" comes. */
const part = (page: Page, name: string) => thread(page).getByRole('region', { name, exact: true })

test('four people: one proposes, two argue, one changes their position, it closes, and the outcome is told', async () => {
  const { ann, bob, eve, max } = await stage.people({ ann: 'member', bob: 'member', eve: 'member', max: 'member' })
  const team = await ann.post('/spaces', { name: 'Kitchen', purpose: 'Cook together', visibility: 'open' })
  for (const person of [bob, eve, max]) await person.post(`/spaces/${team.id}/join`)
  const hers = await ann.open(`/spaces/${team.id}?view=decisions`)
  await see(hers.getByText('Nothing is to be decided'))
  const box = composer(hers, `decisions/${team.id}`)
  await box.locator('[data-rest]').click()
  await box.getByRole('textbox', { name: 'What is to be decided' }).fill('Which oven do we buy?')
  await box.getByRole('textbox', { name: 'Option 1' }).fill('Gas')
  await box.getByRole('textbox', { name: 'Option 2' }).fill('Electric')
  await box.getByRole('combobox', { name: 'How it is decided' }).selectOption('majority')
  await box.getByRole('button', { name: 'Propose', exact: true }).click()
  await see(entry(hers.locator('main'), 'Which oven do we buy?'))
  await soon(async () => (await ann.get(`/spaces/${team.id}/decisions`)).items.length).toBe(1)
  const { id } = (await ann.get(`/spaces/${team.id}/decisions`)).items[0]

  // Bob takes a position and says what speaks for it.
  const his = await bob.open(`/spaces/${team.id}?thread=${id}`)
  await part(his, 'Your position').getByRole('radio', { name: 'Gas' }).check()
  await part(his, 'Your position').getByRole('button', { name: 'Take this position' }).click()
  await see(part(his, 'Your position').getByRole('button', { name: 'Change my position' }))
  await part(his, 'Arguments').getByRole('button', { name: 'Add an argument for: Gas' }).click()
  await part(his, 'Arguments').getByRole('textbox', { name: 'What speaks for it' }).fill('It works when the power is out.')
  await part(his, 'Arguments').getByRole('button', { name: 'Say it' }).click()
  await see(part(his, 'For: Gas').getByText('It works when the power is out.'))

  // Eve sees it come, says the opposite; Max finds that weighty.
  const eves = await eve.open(`/spaces/${team.id}?thread=${id}`)
  await see(part(eves, 'For: Gas').getByText('It works when the power is out.'))
  await part(eves, 'Arguments').getByRole('button', { name: 'Add an argument against: Gas' }).click()
  await part(eves, 'Arguments').getByRole('textbox', { name: 'What speaks against it' }).fill('The line leaks.')
  await part(eves, 'Arguments').getByRole('button', { name: 'Say it' }).click()
  await seeLive(part(his, 'Against: Gas').getByText('The line leaks.'))
  const maxs = await max.open(`/spaces/${team.id}?thread=${id}`)
  await part(maxs, 'Against: Gas').getByRole('button', { name: 'Weighty' }).click()
  await seeLive(part(his, 'Against: Gas').getByText('Weighty for 1'))
  for (const person of [eve, max]) await person.put(`/entries/${id}/position`, { choice: { option: '2' } })
  await seeLive(part(his, 'So far').getByText('2 for it'))

  // Bob changes his mind, which needs a reason.
  await part(his, 'Your position').getByRole('radio', { name: 'Electric' }).check()
  const change = part(his, 'Your position').getByRole('button', { name: 'Change my position' })
  await soon(() => change.isDisabled()).toBe(true)
  await part(his, 'Your position').getByRole('textbox', { name: 'Why you see it differently now' }).fill('I did not know of the leak')
  await change.click()
  await part(eves, 'So far').getByText(/Who said what/).click()
  await seeLive(part(eves, 'So far').getByText('I did not know of the leak'))
  await see(part(eves, 'So far').getByText('changed once'))

  // It closes while Ann looks at it; she tells why.
  await hers.goto(`/spaces/${team.id}?view=decisions&thread=${id}`)
  await see(part(hers, 'Your position'))
  await letClose(id)
  await seeLive(part(hers, 'Tell the outcome'))
  await gone(part(hers, 'Your position'))
  await part(hers, 'Tell the outcome').getByRole('textbox', { name: 'Why', exact: true }).fill('Nobody wants the leak.')
  await part(hers, 'Tell the outcome').getByRole('textbox', { name: /What was rejected/ }).fill('Gas, for the line.')
  await part(hers, 'Tell the outcome').getByRole('button', { name: 'Tell everybody' }).click()
  await see(part(hers, 'Outcome').getByText('Nobody wants the leak.'))
  await seeLive(part(maxs, 'Outcome').getByText('Gas, for the line.'))

  // It is in the register of the space and of the network, and in the inbox of those who took a position.
  await gone(entry(hers.locator('main'), 'Which oven do we buy?'))
  await hers.locator('main').getByRole('button', { name: 'Decided', exact: true }).click()
  await see(entry(hers.locator('main'), 'Nobody wants the leak.'))
  const register = await max.open('/decisions?state=decided')
  await see(entry(register, 'Which oven do we buy?'))
  await register.goto('/inbox')
  await see(register.getByText('Was decided').first())
})

test('a ranking is put in order by keys, counted against each other, and decided anew', async () => {
  const { ann, bob, team } = await stage.team()
  const closes_at = new Date(Date.now() + 86_400_000).toISOString()
  const decision = await ann.post(`/spaces/${team.id}/entries`, { kind: 'decision', title: 'Where do we meet?', options: ['Lisbon', 'Graz', 'Tartu'], method: 'ranked', closes_at })
  await ann.put(`/entries/${decision.id}/position`, { choice: { ranking: ['2', '1', '3'] } })
  const page = await bob.open(`/spaces/${team.id}?thread=${decision.id}`)
  const mine = part(page, 'Your position')
  await mine.getByRole('button', { name: 'Tartu', exact: true }).press('Enter')
  await mine.getByRole('button', { name: 'Graz', exact: true }).press('Enter')
  await mine.getByRole('button', { name: 'Move up: Graz' }).press('Enter')
  await mine.getByRole('button', { name: 'Take this position' }).click()
  await soon(async () => (await bob.get(`/entries/${decision.id}/decision`)).mine?.choice.ranking).toEqual(['2', '3'])
  await letClose(decision.id)
  await seeLive(part(page, 'How it was counted').getByText('“Graz” is chosen.'))
  await part(page, 'How it was counted').getByText('Each against each').click()
  await see(part(page, 'How it was counted').getByRole('rowheader', { name: /Lisbon/ }))

  const hers = await ann.open(`/spaces/${team.id}?thread=${decision.id}`)
  await thread(hers).getByRole('button', { name: 'Decide this anew' }).click()
  const dialog = hers.getByRole('dialog', { name: 'Decide this anew' })
  await see(dialog.getByRole('textbox', { name: 'Option 3' }))
  await dialog.getByRole('button', { name: 'Propose', exact: true }).click()
  await see(thread(hers).getByText('Decides anew:'))
  await seeLive(thread(page).getByText('It is proposed to decide it anew:'))
})

test('what the server refuses is said where it was written, and nothing of it is lost', async () => {
  const { bob, team } = await stage.team()
  stage.expectTrouble(/422/)
  const page = await bob.open(`/spaces/${team.id}?view=decisions`)
  const box = composer(page, `decisions/${team.id}`)
  await box.locator('[data-rest]').click()
  await box.getByRole('textbox', { name: 'What is to be decided' }).fill('Only one way?')
  await box.getByRole('textbox', { name: 'Option 1' }).fill('This one')
  await box.getByRole('button', { name: 'Propose', exact: true }).click()
  await see(box.getByText(/nothing to decide with fewer than two options/))
  await see(box.getByRole('textbox', { name: 'Option 1' }))
  await soon(() => box.getByRole('textbox', { name: 'Option 1' }).inputValue()).toBe('This one')
})
