import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openHost } from '../../server/host.ts'
import type { Json } from '../../server/scene.ts'
import { voteSecretly } from '../voter.ts'
import { useStage } from './scene.ts'
import { composer, entry, gone, see, seeLive, soon, thread } from './see.ts'

const stage = useStage()

/** Does something to the database of the network, which nobody can. */
async function behind(work: ReturnType<typeof sql>) {
  const { host, close } = await openHost(stage.config)
  await work.execute(host.db)
  await close()
}

/** Its moment comes, as if the time had passed: its job closes it. */
async function letClose(id: string) {
  await behind(sql`update polls set closes_at = now() - interval '1 second' where entry_id = ${id}`)
  await behind(sql`select graphile_worker.add_job('close-poll', json_build_object('id', ${id}::text))`)
}

const card = (page: Page, title: string) => entry(page.locator('main'), title)

test('several people vote by name, one thinks better of it, and all see how it stands until it closes', async () => {
  const { ann, bob, eve, team } = await stage.team()
  const hers = await ann.open(`/spaces/${team.id}`)
  const box = composer(hers, `space/${team.id}`)
  await box.locator('[data-rest]').click()
  await box.getByRole('radio', { name: 'Poll' }).check()
  await box.getByRole('textbox', { name: 'What you ask' }).fill('When do we eat?')
  await box.getByRole('textbox', { name: 'Option 1' }).fill('Noon')
  await box.getByRole('textbox', { name: 'Option 2' }).fill('One o’clock')
  await box.getByRole('button', { name: 'Start the poll' }).click()
  await see(card(hers, 'When do we eat?').getByRole('radio', { name: 'Noon' }))
  await see(card(hers, 'When do we eat?').getByText('no votes yet'))

  // Bob chooses with the keyboard alone; Ann has looked how it stands, and sees it move.
  const his = await bob.open(`/spaces/${team.id}`)
  await card(his, 'When do we eat?').getByRole('radio', { name: 'Noon' }).focus()
  await his.keyboard.press('ArrowDown')
  await his.keyboard.press('Enter')
  await see(card(his, 'When do we eat?').getByText('Your choice'))
  await card(hers, 'When do we eat?').getByRole('button', { name: 'See how it stands' }).click()
  await see(card(hers, 'When do we eat?').getByText('“One o’clock” is ahead.'))
  await eve.open(`/spaces/${team.id}`).then(async (page) => {
    await card(page, 'When do we eat?').getByRole('radio', { name: 'Noon' }).check()
    await card(page, 'When do we eat?').getByRole('button', { name: 'Vote', exact: true }).click()
    await see(card(page, 'When do we eat?').getByText('A tie between “Noon”, “One o’clock”.'))
  })
  await seeLive(card(hers, 'When do we eat?').getByText('2 votes', { exact: true }))
  await card(his, 'When do we eat?').getByRole('button', { name: 'Change my vote' }).click()
  await card(his, 'When do we eat?').getByRole('radio', { name: 'Noon' }).check()
  await card(his, 'When do we eat?').getByRole('button', { name: 'Change my vote' }).click()
  await seeLive(card(hers, 'When do we eat?').getByText('“Noon” is ahead.'))

  // It closes; Bob hears of it, and everybody sees who chose what.
  const { id } = (await ann.get(`/spaces/${team.id}/entries`)).items.find(({ kind }: Json) => kind === 'poll')
  await letClose(id)
  await seeLive(card(his, 'When do we eat?').getByText('“Noon” won.'))
  await gone(card(hers, 'When do we eat?').getByRole('radio', { name: 'Noon' }))
  await card(hers, 'When do we eat?').getByText('Who chose what (2)').click()
  await see(card(hers, 'When do we eat?').getByRole('listitem').filter({ hasText: bob.name }).getByText('Noon'))
  await his.goto('/inbox')
  await see(his.getByText('A poll you took part in has closed').first())
})

test('an anonymous vote goes without a name, later and by itself, and again where a crash emptied the box', async () => {
  const { ann, bob, eve, max, mia } = await stage.people({ ann: 'member', bob: 'member', eve: 'member', max: 'member', mia: 'member' })
  const team = await ann.post('/spaces', { name: 'Kitchen', purpose: 'Cook together', visibility: 'open' })
  const ask = (more: object): Promise<Json> => ann.post(`/spaces/${team.id}/entries`,
    { kind: 'poll', title: 'Who should lead?', options: ['Ann', 'Bob', 'Nobody'], method: 'single', anonymous: true, closes_at: new Date(Date.now() + 3_600_000).toISOString(), ...more })
  const poll = await ask({})
  for (const person of [eve, max, mia]) await voteSecretly(person, poll, ['3'])

  const page = await bob.open(`/spaces/${team.id}?thread=${poll.id}`)
  const asked: { url: string; cookie: string | undefined; key: string | undefined; from: string | undefined }[] = []
  page.on('request', async (request) => {
    if (!/\/(ballots|box)$/.test(request.url())) return
    const { cookie, 'idempotency-key': key, referer: from } = await request.allHeaders()
    asked.push({ url: request.url().split('/').at(-1)!, cookie, key, from })
  })
  await see(thread(page).getByText(/Nothing that is stored says who chose what/))
  await thread(page).getByRole('radio', { name: 'Bob' }).check()
  await thread(page).getByRole('button', { name: 'Vote', exact: true }).click()
  await see(thread(page).getByText(/goes into the box in a few seconds/))
  // He does not stay: what is kept in this browser goes from the next page.
  await page.reload()
  await see(thread(page).getByText(/Your vote is in the box/))
  await see(thread(page).getByText('Your choice'))
  expect(await thread(page).getByRole('button', { name: 'Change my vote' }).count()).toBe(0)
  await soon(() => asked.map(({ url }) => url).slice(0, 2)).toEqual(['ballots', 'box'])
  for (const { cookie, key, from } of asked.filter(({ url }) => url === 'box')) expect([cookie, key, from]).toEqual([undefined, undefined, undefined])
  expect(asked[0].cookie).toMatch(/./)

  // What a crash of the database took is put in again by whoever comes back.
  await behind(sql`truncate ballot_papers, ballot_boxes`)
  await page.reload()
  await soon(async () => (await bob.get(`/entries/${poll.id}/poll`)).box).not.toBe(null)
  await see(thread(page).getByText(/Your vote is in the box/))
  for (const person of [ann, ...(await Promise.all([1, 2, 3].map(() => stage.people({ tom: 'member' })))).map(({ tom }) => tom)]) await voteSecretly(person, poll, ['2'])
  await seeLive(thread(page).getByText('5 votes or more'))
  await letClose(poll.id)
  await seeLive(thread(page).getByText('“Bob” won.'))
  await see(thread(page).getByText('5 votes, 8 ballots given'))
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('folkmoot.ballot')))).toEqual([])

  // Of a few nothing is told.
  const small = await ask({ title: 'Who should not?' })
  await voteSecretly(eve, small, ['1'])
  await letClose(small.id)
  await page.goto(`/spaces/${team.id}?thread=${small.id}`)
  await see(thread(page).getByText(/Fewer than 5 voted/))
})
