import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { Visitor } from '../../../test/visitor.ts'
import { type Client, lettersTo, scene, signedIn, testConfig } from '../../scene.ts'
import { startFolkmoot } from '../../start.ts'

const clean: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of clean.reverse()) await step()
})

async function emptyNetwork() {
  const { config, drop } = await testConfig()
  clean.push(drop)
  const running = await startFolkmoot(config)
  clean.push(running.stop)
  return { running, config, token: new URL(running.setupLink!).searchParams.get('token')! }
}

const person = { name: 'Olga', handle: 'olga', password: 'correct horse', email: 'olga@x.example' }

test('the one-time link makes the owner, names the network, signs in, and then is used', async () => {
  const { running, config, token } = await emptyNetwork()
  const visitor = new Visitor(running.url)
  expect((await visitor.send('GET', '/network')).json).toMatchObject({ name: null, setup_needed: true })
  expect((await visitor.send('POST', '/setup', { token: 'guess', network: 'Acme', ...person })).json).toMatchObject({ status: 403, code: 'link_used' })
  expect((await visitor.send('POST', '/setup', { token, network: '', ...person })).json).toMatchObject({ status: 422 })
  expect((await visitor.send('POST', '/setup', { token, network: 'Acme', ...person, password: 'short' })).json).toMatchObject({ status: 422 })
  // A time zone that this server does not know keeps nobody out.
  const { status, json } = await visitor.send('POST', '/setup', { token, network: 'Acme', ...person, time_zone: 'Mars/Base' })
  expect([status, json.person]).toMatchObject([201, { handle: 'olga', role: 'owner' }])
  expect((await visitor.send('GET', '/me')).json).toMatchObject({ network: { name: 'Acme' }, email: 'olga@x.example' })
  const late = await new Visitor(running.url).send('POST', '/setup', { token, network: 'Mine', ...person, handle: 'mallory', email: undefined })
  expect(late.json).toMatchObject({ status: 403, code: 'link_used' })
  const network = (await new Visitor(running.url).send('GET', '/network')).json
  expect(network).toMatchObject({ name: 'Acme', setup_needed: false })
  expect(network).not.toHaveProperty('people_count')
  // Started again, a network with people in it has no such link.
  const again = await startFolkmoot({ ...config, port: 0, url: 'http://localhost:0' })
  expect(again.setupLink).toBeNull()
  await again.stop()
})

test('of two who use the link at once one begins the network', async () => {
  const { running, token } = await emptyNetwork()
  const answers = await Promise.all(['ann', 'bob', 'eve'].map((handle) => new Visitor(running.url).send('POST', '/setup', { token, network: handle, name: handle, handle, password: 'correct horse' })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403, 403])
})

test('administrators rename the network, others do not', async () => {
  const { olga, bob, url } = await scene()
  expect(await bob.patch('/network', { name: 'Mine' })).toMatchObject({ status: 403 })
  expect(await olga.patch('/network', { name: 'Acme & Sons' })).toMatchObject({ name: 'Acme & Sons' })
  expect((await new Visitor(url).send('GET', '/network')).json.name).toBe('Acme & Sons')
  await olga.patch('/network', { name: 'Acme' })
})

test('a new network has a space that everybody follows from the start; guests do not, and it may be left', async () => {
  const { running, token } = await emptyNetwork()
  const owner = new Visitor(running.url)
  await owner.send('POST', '/setup', { token, network: 'Acme', ...person })
  const { items: [general] } = (await owner.send('GET', '/spaces?mine=true')).json
  expect(general).toMatchObject({ name: 'General', visibility: 'open', member_count: 1, my: { role: 'host' } })
  expect((await owner.send('GET', '/first-steps')).json).toEqual({ dismissed: false, steps: [
    { name: 'post', done: false }, { name: 'people', done: false }, { name: 'address', done: false }, { name: 'mail', done: false },
    { name: 'general', done: true }, { name: 'profile', done: false },
  ] })
  await owner.send('POST', `/spaces/${general.id}/entries`, { body: 'Good morning' })
  const link = async (body: object) => (await owner.send('POST', '/invitations', body)).json.url.split('/').at(-1)
  const [bob, gina] = [new Visitor(running.url), new Visitor(running.url)]
  await bob.send('POST', `/invitations/by-token/${await link({})}/accept`, { name: 'Bob', handle: 'bob', email: 'bob@x.example', password: 'battery staple' })
  await gina.send('POST', `/invitations/by-token/${await link({ role: 'guest' })}/accept`, { name: 'Gina', handle: 'gina', email: 'gina@x.example', password: 'battery staple' })
  expect((await bob.send('GET', '/spaces?mine=true')).json.items).toMatchObject([{ id: general.id }])
  expect((await gina.send('GET', '/spaces')).json.items).toEqual([])
  expect((await bob.send('POST', `/spaces/${general.id}/leave`)).status).toBe(204)
  expect((await owner.send('GET', '/first-steps')).json.steps.filter(({ done }: { done: boolean }) => done).map(({ name }: { name: string }) => name)).toEqual(['post', 'people', 'general'])
  await owner.send('PATCH', '/network', { first_steps_dismissed: true, default_spaces: [] })
  expect((await owner.send('GET', '/first-steps')).json).toMatchObject({ dismissed: true })
  // Where there is none, one is opened for everybody who is here.
  const { json: again } = await owner.send('POST', '/network/general')
  expect((await bob.send('GET', '/spaces?mine=true')).json.items).toMatchObject([{ id: again.id, member_count: 2 }])
  expect((await owner.send('POST', '/network/general')).json).toMatchObject({ code: 'has_general' })
  const { json: closed } = await owner.send('POST', '/spaces', { name: 'Closed', purpose: 'Few', visibility: 'closed' })
  expect((await owner.send('PATCH', '/network', { default_spaces: [closed.id] })).json).toMatchObject({ code: 'not_for_all' })
})

test('the address is kept only when this network answers there, and mail is tried by a letter', async () => {
  const { running, token } = await emptyNetwork()
  const owner = new Visitor(running.url)
  await owner.send('POST', '/setup', { token, network: 'Acme', ...person })
  const { port } = new URL(running.url)
  expect((await owner.send('PUT', '/network/address', { address: 'http://127.0.0.1:9' })).json).toMatchObject({ code: 'address_unreachable' })
  expect((await owner.send('PUT', '/network/address', { address: 'ftp://x.example' })).json).toMatchObject({ code: 'invalid' })
  expect((await owner.send('PUT', '/network/address', { address: `http://127.0.0.1:${port}/` })).status).toBe(204)
  expect((await owner.send('POST', '/invitations', {})).json.url).toMatch(`http://127.0.0.1:${port}/invite/`)
  expect((await owner.send('POST', '/network/test-letter')).json).toMatchObject({ code: 'no_mail' })
})

test('a network has a logo, for light and for dark; what is no picture is none', async () => {
  const { olga, bob, url } = await scene()
  const png = async (width: number, height: number) => (await sharp({ create: { width, height, channels: 4, background: '#2a5f8f' } }).png().toBuffer()).toString('base64')
  const heard = await bob.live()
  expect(await bob.patch('/network', { logo: await png(10, 10) })).toMatchObject({ status: 403, code: 'admins_only' })
  for (const logo of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), 'AAAA']) expect(await olga.patch('/network', { logo })).toMatchObject({ status: 422, code: 'not_a_logo' })
  expect(await olga.patch('/network', { logo: 'not base64!' })).toMatchObject({ status: 422, code: 'invalid' })
  const { logo } = await olga.patch('/network', { logo: await png(1200, 200), logo_dark: await png(40, 40) })
  expect(logo).toMatchObject({ light: { width: 640, height: 107 }, dark: { width: 40, height: 40 } })
  await heard.until(({ type }) => type === 'network.changed')
  heard.close()
  // Anybody sees it, before they sign in.
  const visitor = new Visitor(url)
  expect((await visitor.send('GET', '/network')).json.logo).toEqual(logo)
  expect((await bob.get('/me')).network.logo).toEqual(logo)
  const picture = await fetch(new URL(logo.light.url, url))
  expect([picture.status, picture.headers.get('content-type'), picture.headers.get('x-content-type-options')]).toEqual([200, 'image/webp', 'nosniff'])
  expect((await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).width).toBe(640)
  expect((await olga.patch('/network', { logo_dark: null })).logo).toEqual({ light: logo.light })
  expect((await olga.patch('/network', { logo: null })).logo).toBeNull()
  expect((await fetch(new URL(logo.light.url, url))).status).toBe(404)
})

test('the language of the network is that of letters and pages for those who chose none', async () => {
  const { olga, ann, url, config } = await scene()
  await olga.patch('/network', { language: 'de' })
  expect((await new Visitor(url).send('GET', '/network')).json.language).toBe('de')
  const letter = async (person: Client, key: number, language?: 'en') => {
    if (language) await person.patch('/me', { language })
    await (await signedIn(person)).patch('/me', { email: `${person.handle}.${key}@x.example` })
    return (await lettersTo(config, `${person.handle}.${key}@x.example`))[0].text
  }
  expect(await letter(ann, 1)).toContain('Adresse')
  expect(await letter(ann, 2, 'en')).toContain('address')
  const page = await (await fetch(url)).text()
  if (page.includes('<div id="root">')) expect(page).toContain('lang="de" data-language="de"')
  await olga.patch('/network', { language: null })
})
