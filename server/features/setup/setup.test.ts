import { afterAll, expect, test } from 'vitest'
import { Visitor } from '../../../test/visitor.ts'
import { scene, testConfig } from '../../scene.ts'
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
  const { status, json } = await visitor.send('POST', '/setup', { token, network: 'Acme', ...person })
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
