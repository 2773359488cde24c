import { expect, test } from 'vitest'
import { openHost } from '../../host.ts'
import { type Client, type Json, scene, signedIn } from '../../scene.ts'
import { makeAuthenticator } from './software-authenticator.ts'
import { forgetChallenges } from './commands.ts'

async function open(url: string, path: string, body: object = {}) {
  const response = await fetch(`${url}/api/v1${path}`,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? null
  return { status: response.status, cookie, body: (await response.json()) as Json }
}
const challenge = async (url: string) => (await open(url, '/passkeys/sign-in/options')).body
const signIn = (url: string, response: object) => open(url, '/passkeys/sign-in', { response })

async function withPasskey(of: Client) {
  const person = await signedIn(of)
  const authenticator = makeAuthenticator(person.url)
  const options = await person.post('/passkeys/register/options')
  const passkey = await person.post('/passkeys/register',
    { response: authenticator.create(options), name: 'Telephone' })
  return { authenticator, passkey, options }
}

test('a passkey signs its person in, and only while it is theirs', async () => {
  const { ann, bob, url } = await scene()
  const { authenticator, passkey, options } = await withPasskey(ann)
  expect(options).toMatchObject({ rp: { id: 'localhost' }, user: { name: ann.handle },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' } })
  expect(passkey).toMatchObject({ name: 'Telephone', last_used_at: null })
  expect((await (await signedIn(ann)).post('/passkeys/register/options')).excludeCredentials).toHaveLength(1)

  const first = await signIn(url, authenticator.get(await challenge(url)))
  expect(first).toMatchObject({ status: 200, body: { person: { id: ann.id } } })
  const me = await fetch(`${url}/api/v1/me`, { headers: { cookie: first.cookie! } })
  expect(await me.json()).toMatchObject({ id: ann.id })
  const second = await signIn(url, authenticator.get(await challenge(url)))
  expect(second.cookie).not.toBe(first.cookie)
  expect((await ann.get('/passkeys')).items).toMatchObject([{ id: passkey.id, last_used_at: expect.any(String) }])

  expect(await (await signedIn(bob)).del(`/passkeys/${passkey.id}`)).toMatchObject({ status: 404 })
  await (await signedIn(ann)).del(`/passkeys/${passkey.id}`)
  expect(await signIn(url, authenticator.get(await challenge(url)))).toMatchObject({ status: 401 })
})

test('a passkey is refused from elsewhere, twice, unverified, going back, changed or for another', async () => {
  const { ann, bob, url } = await scene()
  const { authenticator } = await withPasskey(ann)
  const fresh = () => challenge(url)
  const used = authenticator.get(await fresh())
  expect(await signIn(url, used)).toMatchObject({ status: 200 })
  const forged: Json = authenticator.get(await fresh())
  forged.response.signature = used.response && (used as Json).response.signature
  const tries = {
    replayed: used,
    'another origin': authenticator.get(await fresh(), { origin: 'https://evil.example' }),
    'another host': authenticator.get(await fresh(), { rpId: 'evil.example' }),
    'not verified': authenticator.get(await fresh(), { verified: false }),
    'counter goes back': authenticator.get(await fresh(), { counter: 1 }),
    'another person': authenticator.get(await fresh(),
      { userHandle: Buffer.from(bob.id.replaceAll('-', ''), 'hex').toString('base64url') }),
    'another signature': forged,
    'a challenge of our own making': authenticator.get({ challenge: Buffer.alloc(32).toString('base64url') }),
    'a challenge that was meant for registering': authenticator.get(await (await signedIn(ann)).post('/passkeys/register/options')),
    unknown: makeAuthenticator(url).get(await fresh()),
  }
  const bodies = new Set<string>()
  for (const [name, response] of Object.entries(tries)) {
    const answer = await signIn(url, response)
    expect(answer, name).toMatchObject({ status: 401, cookie: null, body: { code: 'passkey_refused' } })
    bodies.add(JSON.stringify(answer.body))
  }
  expect(bodies.size).toBe(1)
  expect(await signIn(url, authenticator.get(await fresh()))).toMatchObject({ status: 200 })
})

test('a challenge is answered once, within five minutes, also when the first answer was wrong', async () => {
  const { ann, url, config } = await scene()
  const { authenticator } = await withPasskey(ann)
  const options = await challenge(url)
  expect(await signIn(url, authenticator.get(options, { verified: false }))).toMatchObject({ status: 401 })
  expect(await signIn(url, authenticator.get(options))).toMatchObject({ status: 401 })

  const late = await challenge(url)
  const { host, close } = await openHost(config)
  await host.db.updateTable('webauthn_challenges').set({ created_at: '2020-01-01T00:00:00Z' })
    .where('challenge', '=', late.challenge).execute()
  expect(await signIn(url, authenticator.get(late))).toMatchObject({ status: 401 })
  await forgetChallenges.run(host, {})
  const kept = host.db.selectFrom('webauthn_challenges').selectAll().where('challenge', '=', late.challenge)
  expect(await kept.execute()).toEqual([])
  await close()
})

test('only a passkey made here, by this person, for this challenge is added', async () => {
  const { ann, bob, url } = await scene()
  const { authenticator, options } = await withPasskey(ann)
  const add = async (person: Client, response: object) => (await signedIn(person)).post('/passkeys/register', { response, name: 'x' })
  const unusable = { status: 422, code: 'passkey_unusable' }
  expect(await add(ann, authenticator.create(options))).toMatchObject(unusable)
  const next = async () => (await signedIn(ann)).post('/passkeys/register/options')
  expect(await add(ann, makeAuthenticator(url).create(await next(), { origin: 'https://evil.example' })))
    .toMatchObject(unusable)
  expect(await add(ann, makeAuthenticator(url).create(await next(), { verified: false }))).toMatchObject(unusable)
  expect(await add(bob, makeAuthenticator(url).create(await next()))).toMatchObject(unusable)
  expect(await add(ann, authenticator.create(await next()))).toMatchObject({ status: 409, code: 'passkey_known' })
  expect((await ann.get('/passkeys')).items).toHaveLength(1)
})

test('somebody who was let go does not come in by a passkey', async () => {
  const { olga, ann, url } = await scene()
  const { authenticator } = await withPasskey(ann)
  await olga.patch(`/people/${ann.id}`, { state: 'deactivated' })
  expect(await signIn(url, authenticator.get(await challenge(url)))).toMatchObject({ status: 401 })
})
