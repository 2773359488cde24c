import { test } from 'vitest'
import type { Json } from '../../server/scene.ts'
import { type Player, useStage } from './scene.ts'
import { gone, see, seeLive, soon } from './see.ts'

const stage = useStage()

/** Ann talks with Bob and Pia, both of whom talk with Cid. */
async function begin() {
  const all = await stage.people({ ann: 'member', bob: 'member', pia: 'member', cid: 'member' })
  const { ann, bob, pia, cid } = all
  const [team, away]: Json[] = [await ann.post('/spaces', { name: 'Team', purpose: 'Work', visibility: 'open' }), await bob.post('/spaces', { name: 'Glazing', purpose: 'All about glazes', visibility: 'open' })]
  const talk = async (space: Json, one: Player, other: Player) => {
    const root = await one.post(`/spaces/${space.id}/entries`, { body: 'Who?' })
    await other.post(`/entries/${root.id}/replies`, { body: 'Me' })
  }
  for (const one of [bob, pia]) await one.post(`/spaces/${team.id}/join`)
  for (const one of [pia, cid]) await one.post(`/spaces/${away.id}/join`)
  await talk(team, ann, bob)
  await talk(team, pia, ann)
  await talk(away, bob, cid)
  await talk(away, cid, pia)
  await soon(async () => (await ann.get('/suggestions')).people.length).toBe(1)
  return all
}

test('people to meet have reasons; an introduction goes from one to the next, and the three meet', async () => {
  const { ann, bob, cid } = await begin()
  const [page, friend, stranger] = [await ann.open('/people'), await bob.open('/meet'), await cid.open('/meet')]
  await page.getByRole('link', { name: 'To meet' }).click()
  const someone = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: cid.name }) })
  await see(someone.getByText(/^You both talk with .* and .*\.$/))
  await see(page.getByRole('listitem').filter({ hasText: 'All about glazes' }).getByText(/with whom you talk, are there/))

  await someone.getByRole('button', { name: 'Ask for an introduction' }).click()
  await page.getByRole('radio', { name: bob.name }).check()
  await page.getByRole('textbox', { name: 'What would you like to talk about?' }).fill('Blue tiles')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await see(someone.getByText('You have asked for an introduction'))

  await seeLive(friend.getByText(`${ann.name} would like to meet ${cid.name}, through you`))
  await see(friend.getByText('Blue tiles'))
  await friend.getByRole('button', { name: 'Pass it on' }).click()
  await gone(friend.getByText('Blue tiles'))
  await seeLive(stranger.getByText(`${ann.name} would like to meet you; ${bob.name} knows you both`))
  await stranger.getByRole('button', { name: 'Yes, let us meet' }).click()
  await soon(() => stranger.url()).toMatch(/\/messages\//)
  await soon(async () => (await ann.get('/conversations')).items).toHaveLength(1)
})

test('what one does not want goes, and comes back when one thinks better of it', async () => {
  const { ann, cid } = await begin()
  const page = await ann.open('/meet')
  await page.getByRole('button', { name: `Do not suggest ${cid.name} any more` }).click()
  await gone(page.getByRole('link', { name: cid.name }))
  await page.getByRole('button', { name: 'Undo' }).click()
  await see(page.getByRole('link', { name: cid.name }))
})
