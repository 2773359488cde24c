import { expect, test } from 'vitest'
import { admitPerson } from '../../core/people/commands.ts'
import { openHost } from '../../host.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { type Json, lettersTo, scene, server, signedIn } from '../../scene.ts'
import { forgetInvitations } from './commands.ts'

let serial = 0
const zoe = () => ({ name: 'Zoe', handle: `zoe${++serial}`, email: `zoe${serial}@x.example`,
  password: 'correct horse' })

const tokenOf = (text: string) => /\/invite\/([\w-]+)/.exec(text)![1]
async function look(url: string, token: string): Promise<Json> {
  return (await fetch(`${url}/api/v1/invitations/by-token/${token}`)).json()
}
async function accept(url: string, token: string, body: object): Promise<Json> {
  const response = await fetch(`${url}/api/v1/invitations/by-token/${token}/accept`,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0],
    ...((await response.json()) as object) }
}
const asCookie = async (url: string, cookie: string, path: string): Promise<Json> =>
  (await fetch(`${url}/api/v1${path}`, { headers: { cookie } })).json()
/** The newest letter to an address, as its reader would get it. */
const letterTo = async (to: string): Promise<Json> => (await lettersTo((await server()).config, to))[0]
const over = { status: 404, code: 'invitation_unusable' }

test('a link lets a person in, into the spaces it names, signed in at once', async () => {
  const { olga, ann, team, url, settled } = await scene()
  const den = await ann.post('/spaces', { name: 'Den', purpose: 'Quiet', visibility: 'secret' })
  const invitation = await ann.post('/invitations', { spaces: [den.id, team.id] })
  expect(invitation).toMatchObject({ role: 'member', uses: 1, used: 0, email: null, by: { id: ann.id },
    spaces: [{ name: 'Den' }, { name: team.name }] })
  const token = tokenOf(invitation.url)
  expect(await look(url, token)).toEqual({
    network: { name: 'Acme' }, inviter: { id: ann.id, name: 'Ann' }, role: 'member', email: null, claims: null,
    expires_at: invitation.expires_at,
    spaces: [{ id: den.id, name: 'Den' }, { id: team.id, name: team.name }],
  })
  // It is known only by its link, and names no space to those who may not know of it.
  expect((await ann.get('/invitations')).items).toEqual([{ ...invitation, url: null }])
  expect((await olga.get('/invitations')).items.find((i: Json) => i.id === invitation.id).spaces)
    .toEqual([{ id: team.id, name: team.name }])

  const live = await ann.live()
  const person = zoe()
  const answer = await accept(url, token, { ...person, time_zone: 'Europe/Vienna' })
  expect(answer).toMatchObject({ status: 201,
    person: { handle: person.handle, role: 'member', time_zone: 'Europe/Vienna' } })
  expect(await asCookie(url, answer.cookie, '/me')).toMatchObject({ id: answer.person.id, email: person.email })
  expect(await asCookie(url, answer.cookie, `/spaces/${den.id}`))
    .toMatchObject({ my: { role: 'member' }, member_count: 2 })
  await settled()
  expect((await live.until((e) => e.type === 'person.joined')).person.name).toBe('Zoe')
  expect(await live.until((e) => e.type === 'membership.joined' && e.space === den.id))
    .toMatchObject({ actor: answer.person.id })
  live.close()
})

test('what a browser says of its time zone keeps nobody out, and stays only where it is one', async () => {
  const { olga, url } = await scene()
  for (const time_zone of ['Mars/Base', 'Etc/Unknown', '+02:00']) {
    const { url: link } = await olga.post('/invitations', { role: 'member' })
    expect(await accept(url, tokenOf(link), { ...zoe(), time_zone })).toMatchObject({ status: 201, person: { time_zone: '' } })
  }
})

test('an invitation that is used up, withdrawn, too old or never was cannot be told apart', async () => {
  const { olga, ann, bob, team, url, config } = await scene()
  const twice = await olga.post('/invitations', { uses: 2 })
  expect(await accept(url, tokenOf(twice.url), zoe())).toMatchObject({ status: 201 })
  expect((await olga.get('/invitations')).items.find((i: Json) => i.id === twice.id))
    .toMatchObject({ uses: 2, used: 1 })
  const both = await Promise.all([zoe(), zoe()].map((person) => accept(url, tokenOf(twice.url), person)))
  expect(both.map((answer) => answer.status).sort()).toEqual([201, 404])

  const withdrawn = await ann.post('/invitations', { spaces: [team.id] })
  expect(await bob.del(`/invitations/${withdrawn.id}`)).toMatchObject({ status: 404 })
  await olga.del(`/invitations/${withdrawn.id}`)
  expect(await olga.post('/invitations', { expires_at: '2020-01-01T00:00:00Z' })).toMatchObject({ status: 422 })
  const used = tokenOf(twice.url)
  const dead = [used, tokenOf(withdrawn.url), 'fmi_never', `${used}x`, used.slice(0, -1)]
  const { host, close } = await openHost(config)
  const old = await olga.post('/invitations', {})
  await host.db.updateTable('invitations').set({ expires_at: '2020-01-01T00:00:00Z' })
    .where('id', '=', old.id).execute()
  dead.push(tokenOf(old.url))
  const answers = new Set<string>()
  for (const token of dead) {
    answers.add(JSON.stringify(await look(url, token)))
    expect(await accept(url, token, zoe())).toMatchObject(over)
  }
  expect(answers.size).toBe(1)
  await forgetInvitations.run(host, {})
  expect(await host.db.selectFrom('invitations').select('id').where('id', '=', old.id).execute()).toEqual([])
  await close()
})

test('who may invite whom, and where', async () => {
  const { olga, ann, bob, gina, team } = await scene()
  const cannot = { status: 403, code: 'cannot_invite' }
  await olga.patch(`/people/${bob.id}`, { role: 'admin' })
  expect(await bob.post('/invitations', { role: 'admin', uses: null, expires_at: null }))
    .toMatchObject({ role: 'admin', uses: null, expires_at: null })
  expect(await bob.post('/invitations', { role: 'owner' })).toMatchObject({ status: 422 })
  for (const input of [{ role: 'admin', spaces: [team.id] }, { role: 'guest', spaces: [team.id] },
    { uses: 2, spaces: [team.id] }, { spaces: [] }])
    expect(await ann.post('/invitations', input)).toMatchObject(cannot)
  expect(await gina.post('/invitations', { spaces: [team.id] })).toMatchObject(cannot)

  const den = await ann.post('/spaces', { name: 'Den', purpose: 'Quiet', visibility: 'secret' })
  const talk = await ann.post('/conversations', { people: [bob.id] })
  expect(await bob.post('/invitations', { spaces: [den.id] })).toMatchObject({ status: 404 })
  expect(await ann.post('/invitations', { spaces: [talk.id] })).toMatchObject({ status: 403, code: 'hosts_only' })
  await ann.put(`/spaces/${den.id}/members/${bob.id}`, {})
  await olga.patch(`/people/${bob.id}`, { role: 'member' })
  expect(await bob.post('/invitations', { spaces: [den.id] })).toMatchObject({ status: 403, code: 'hosts_only' })
})

test('an invitation gives what its inviter may give now, not then', async () => {
  const { olga, ann, bob, url } = await scene()
  await olga.patch(`/people/${bob.id}`, { role: 'admin' })
  const raised = tokenOf((await bob.post('/invitations', { role: 'admin' })).url)
  const den = await ann.post('/spaces', { name: 'Den', purpose: 'Quiet', visibility: 'secret' })
  await ann.put(`/spaces/${den.id}/members/${bob.id}`, { role: 'host' })
  const intoDen = tokenOf((await bob.post('/invitations', { spaces: [den.id] })).url)
  await ann.del(`/spaces/${den.id}/members/${bob.id}`)
  expect(await look(url, intoDen)).toMatchObject({ spaces: [] })
  const answer = await accept(url, intoDen, zoe())
  expect(await asCookie(url, answer.cookie, `/spaces/${den.id}`)).toMatchObject({ status: 404 })

  await olga.patch(`/people/${bob.id}`, { role: 'member' })
  expect(await accept(url, raised, zoe())).toMatchObject(over)
  const last = tokenOf((await ann.post('/invitations', { spaces: [den.id] })).url)
  await olga.patch(`/people/${ann.id}`, { state: 'deactivated' })
  expect(await accept(url, last, zoe())).toMatchObject(over)
})

test('an invitation by e-mail goes to that address and is for it alone', async () => {
  const { olga, ann, team, url } = await scene()
  const person = zoe()
  const invitation = await olga.post('/invitations', { email: person.email, role: 'guest', spaces: [team.id] })
  expect(invitation).toMatchObject({ email: person.email, uses: 1, role: 'guest' })
  const letter = await letterTo(person.email)
  expect(letter).toMatchObject({ subject: 'Olga invites you to Acme', text: expect.stringContaining(team.name) })
  const token = tokenOf(letter.text)
  expect(letter.html).toContain(`href="${invitation.url}"`)
  expect(await accept(url, token, { ...person, email: 'eve@evil.example' }))
    .toMatchObject({ status: 422, code: 'other_mailbox' })
  const { email: _, ...rest } = person
  const answer = await accept(url, token, rest)
  expect(answer.person).toMatchObject({ role: 'guest', email: person.email })
  expect(await accept(url, token, zoe())).toMatchObject(over)

  const { handle } = ann
  expect(await olga.post('/invitations', { email: `${handle}@x.example` }))
    .toMatchObject({ status: 409, code: 'email_taken' })
  // A member learns by no answer whether that address is known here.
  const known = await ann.post('/invitations', { email: `${handle}@x.example`, spaces: [team.id] })
  const unknown = await ann.post('/invitations', { email: zoe().email, spaces: [team.id] })
  expect([known.url, unknown.url]).toEqual([null, null])
})

test('a letter is written in the language of who invites', async () => {
  const { olga, team } = await scene()
  const [first, second] = [zoe(), zoe()]
  const body = { spaces: [team.id], expires_at: '2030-05-06T00:00:00Z' }
  await olga.post('/invitations', { ...body, email: first.email }, { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' })
  await olga.post('/invitations', { ...body, email: second.email }, { 'accept-language': 'fr' })
  expect(await letterTo(first.email)).toMatchObject({
    subject: 'Olga lädt dich zu Acme ein',
    text: expect.stringMatching(/^Olga lädt dich zu Acme ein\.\n\nDu bist dann in Team .*\/invite\/.*Er gilt bis 6\. Mai 2030\./s),
    html: expect.stringContaining('<p>Öffne diesen Link, um hereinzukommen.'),
  })
  expect(await letterTo(second.email)).toMatchObject({ text: expect.stringContaining('It works until May 6, 2030.') })
})

test('an imported person comes in by a letter to their address, with their history', async () => {
  const { olga, ann, team, url, config, settled } = await scene()
  const { host, close } = await openHost(config)
  const email = `imported${++serial}@x.example`
  const id = await inTransaction(host, SYSTEM, async (ctx) => {
    const person = await admitPerson(ctx, { name: 'Ida', handle: `ida${serial}`, email, role: 'guest', kind: 'person' })
    await ctx.db.updateTable('people').set({ state: 'imported' }).where('id', '=', person).execute()
    return person
  })
  const before = await ann.post('/conversations', { people: [id] })
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'secret' })
  await ann.put(`/spaces/${board.id}/members/${id}`)
  const line = await ann.post(`/spaces/${before.id}/entries`, { body: 'are you there?' })

  // A member's letter lets nobody into somebody's history.
  const byMember = await ann.post('/invitations', { email, spaces: [team.id] })
  expect(byMember.url).toBe(null)
  expect(await accept(url, tokenOf((await letterTo(email)).text), { ...zoe(), email }))
    .toMatchObject({ status: 409, code: 'email_taken' })

  // Nobody is let into somebody's history but by that letter.
  expect(await olga.patch(`/people/${id}`, { state: 'active' })).toMatchObject({ status: 422, code: 'comes_by_letter' })
  const invitation = await olga.post('/invitations', { email: email.toUpperCase(), spaces: [team.id] })
  expect(invitation).toMatchObject({ role: 'guest', url: null })
  // Whoever administers may be anybody's administrator, and is nobody but themselves.
  const shown = JSON.stringify([await olga.get('/mailbox'), await olga.get('/invitations')])
  expect(shown).not.toMatch(/fmi_/)
  expect(shown).toContain('alone and works once:\\n\\n[link]')
  const letter = await letterTo(email.toUpperCase())
  const token = tokenOf(letter.text)
  expect(await look(url, token)).toMatchObject({ claims: { name: 'Ida', handle: `ida${serial - 1}` } })
  const live = await olga.live()
  const answer = await accept(url, token, { password: 'correct horse', name: 'Ida B.' })
  expect(answer.person)
    .toMatchObject({ id, name: 'Ida B.', handle: `ida${serial - 1}`, state: 'active', role: 'guest', email })
  expect(await asCookie(url, answer.cookie, `/entries/${line.id}`)).toMatchObject({ body: 'are you there?' })
  expect(await asCookie(url, answer.cookie, `/spaces/${team.id}`)).toMatchObject({ my: { role: 'member' } })
  for (const space of [before, board]) {
    const [notice] = (await ann.get(`/spaces/${space.id}/entries`)).items
    expect(notice).toMatchObject({ kind: 'notice', notice: 'claimed', author: id, unread: 1 })
  }
  await settled()
  expect((await live.until((e) => e.type === 'person.joined')).person).toMatchObject({ id, state: 'active' })
  live.close()
  expect(await accept(url, token, { password: 'another horse' })).toMatchObject(over)
  const signedIn = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: email, password: 'correct horse' }),
  })
  expect(signedIn.status).toBe(200)
  await close()
})

test('whoever accepts says who they are, by a name that is free', async () => {
  const { olga, ann, url } = await scene()
  const token = tokenOf((await olga.post('/invitations', {})).url)
  expect(await accept(url, token, { password: 'correct horse' }))
    .toMatchObject({ status: 422, errors: [{ path: 'name' }, { path: 'handle' }, { path: 'email' }] })
  expect(await accept(url, token, { ...zoe(), password: 'short' })).toMatchObject({ status: 422 })
  expect(await accept(url, token, { ...zoe(), handle: ann.handle }))
    .toMatchObject({ status: 409, code: 'handle_taken' })
  expect(await accept(url, token, zoe())).toMatchObject({ status: 201 })
})

test('who ends everything takes back the invitations that somebody could still come in by', async () => {
  const { olga, bob, url } = await scene()
  const [open, used, many] = [await olga.post('/invitations', {}), await olga.post('/invitations', {}), await olga.post('/invitations', { uses: null })]
  await olga.patch('/network', { members_invite: true })
  const theirs = await bob.post('/invitations', {})
  for (const one of [used, many]) expect((await accept(url, tokenOf(one.url), zoe())).status).toBe(201)
  expect((await (await signedIn(olga)).post('/me/end-everything')).status).toBe(204)
  for (const one of [open, many]) expect(await accept(url, tokenOf(one.url), zoe())).toMatchObject(over)
  expect((await accept(url, tokenOf(theirs.url), zoe())).status).toBe(201)
  await olga.patch('/network', { members_invite: false })
})
