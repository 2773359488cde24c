import { expect, test } from 'vitest'
import { type Client, type Json, lettersTo, scene, signedIn } from '../../scene.ts'

const NEW = 'seven blue boxes'
const call = (url: string, path: string, body: object) => fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const signIn = async (url: string, login: string, password: string) => (await call(url, '/sessions', { login, password })).status
const tokenOf = (link: string) => link.split('#')[1]

/** Asks and waits for the letter with its link. */
async function askFor(people: Awaited<ReturnType<typeof scene>>, person: Client, count = 1): Promise<Json[]> {
  expect((await call(people.url, '/password-resets', { login: person.handle })).status).toBe(204)
  const { email } = await person.get('/me')
  const links = async () => (await lettersTo(people.config, email)).filter(({ text }) => text.includes('/new-password#'))
  await expect.poll(async () => (await links()).length, { timeout: 30_000 }).toBe(count)
  return links()
}
const linkIn = ({ text }: Json) => /https?:\S+\/new-password#\S+/.exec(text)![0]

test('who forgot their password gets a link by mail, once, and everything that was open ends', async () => {
  const people = await scene()
  const { eve, url } = people
  const open = await signedIn(eve)
  const [letter] = await askFor(people, eve)
  const token = tokenOf(linkIn(letter))
  expect(await (await call(url, '/password-resets/use', { token, password: 'password1' })).json()).toMatchObject({ code: 'common_password' })
  expect((await call(url, '/password-resets/use', { token, password: NEW })).status).toBe(204)
  expect(await signIn(url, eve.handle, NEW)).toBe(200)
  expect(await open.get('/me')).toMatchObject({ code: 'sign_in_needed' })
  expect(await (await call(url, '/password-resets/use', { token, password: 'another horse' })).json()).toMatchObject({ code: 'link_over' })
  // A letter tells of it, without a link.
  const { email } = await eve.get('/me')
  const told = (await lettersTo(people.config, email)).filter(({ text }) => /The password of @.* was changed/.test(text))
  expect(told).toHaveLength(1)
})

test('asking tells nobody whether there is such a person, and all are answered alike', async () => {
  const people = await scene()
  const { bob, url } = people
  const asked = await Promise.all([bob.handle, 'nobody-at-all', 'nobody@nowhere.example'].map((login) => call(url, '/password-resets', { login })))
  expect(await Promise.all(asked.map(async (answer) => [answer.status, await answer.text()]))).toEqual([[204, ''], [204, ''], [204, '']])
  const { email } = await bob.get('/me')
  const links = async () => (await lettersTo(people.config, email)).filter(({ text }) => text.includes('/new-password#')).length
  await expect.poll(links, { timeout: 30_000 }).toBe(1)
  await askFor(people, bob, 2)
})

test('without mail an administrator makes a link, not for an owner, and its person is told', async () => {
  const { olga, ann, bob, url, config } = await scene()
  const admin = await signedIn(olga)
  expect(await (await signedIn(ann)).post(`/people/${bob.id}/password-link`)).toMatchObject({ status: 403 })
  expect(await olga.post(`/people/${bob.id}/password-link`)).toMatchObject({ code: 'session_needed' })
  const { url: link } = await admin.post(`/people/${bob.id}/password-link`)
  expect((await call(url, '/password-resets/use', { token: tokenOf(link), password: NEW })).status).toBe(204)
  expect(await signIn(url, bob.handle, NEW)).toBe(200)
  const { email } = await bob.get('/me')
  expect((await lettersTo(config, email)).some(({ text }) => text.includes('An administrator made a link'))).toBe(true)
  await admin.patch(`/people/${ann.id}`, { role: 'admin' })
  expect(await (await signedIn(ann)).post(`/people/${olga.id}/password-link`)).toMatchObject({ code: 'owners_only' })
})
