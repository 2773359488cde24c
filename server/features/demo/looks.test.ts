import { beforeAll, expect, test } from 'vitest'
import { Visitor } from '../../../test/visitor.ts'
import { type Client, type Json, scene, signedIn } from '../../scene.ts'

let world: Awaited<ReturnType<typeof scene>>
let guides: Record<'host' | 'member' | 'guest', Json>

// One network filled once; the last scenario takes the company away.
beforeAll(async () => {
  world = await scene()
  const demo = await world.olga.post('/demo', {})
  guides = Object.fromEntries(demo.guides.map(({ part, person }: Json) => [part, person])) as typeof guides
})

const people = { admin: async () => signedInAs(world.olga), member: async () => signedInAs(world.ann) }
async function signedInAs(person: Json): Promise<Visitor> {
  const visitor = new Visitor(world.url)
  visitor.cookie = (await signedIn(person as never)).cookie!
  return visitor
}
const me = async (visitor: Visitor) => (await visitor.send('GET', '/me')).json
const look = (visitor: Visitor, as: string) => visitor.send('POST', '/demo/look', { person: as })
const back = (visitor: Visitor) => visitor.send('DELETE', '/sessions/current/look')
/** What somebody hears of looks, from a number of the log on. */
const facts = async (person: Client, after: number) => {
  await world.settled()
  return (await person.get(`/events?after=${after}&limit=100`)).items.filter((event: Json) => event.type.startsWith('look.'))
}

test('an administrator looks as three people of the sample company, and comes back to their own session', async () => {
  const { olga } = world
  const visitor = await people.admin()
  const own = visitor.cookie
  expect([guides.host, guides.member, guides.guest].map(({ role }) => role)).toEqual(['member', 'member', 'guest'])
  const waiting: number[] = []
  for (const guide of Object.values(guides)) {
    expect((await look(visitor, guide.id)).status).toBe(204)
    expect(await me(visitor)).toMatchObject({ id: guide.id, name: guide.name, looker: { name: 'Olga' } })
    const { spaces } = (await visitor.send('GET', '/unread')).json
    waiting.push((Object.values(spaces) as number[]).reduce((sum, n) => sum + n, 0))
    expect((await back(visitor)).status).toBe(204)
    expect(visitor.cookie).toBe(own)
    expect(await me(visitor)).toMatchObject({ id: olga.id, looker: null })
  }
  const [much, little] = waiting
  expect(much).toBeGreaterThan(20)
  expect(little).toBeLessThan(6)
})

test('that somebody looked, as whom and until when is in the log, for them alone; the session says from where', async () => {
  const { ann, host } = world
  const visitor = await people.admin()
  await world.settled()
  const { seq } = await world.olga.get('/me')
  await look(visitor, guides.member.id)
  const { rows } = await host.pool.query(`select o.person_id from sessions s join sessions o on o.id = s.looked_from where s.person_id = $1`, [guides.member.id])
  expect(rows).toEqual([{ person_id: world.olga.id }])
  await back(visitor)
  const told = ['look.began', 'look.ended'].map((type) => ({ type, data: { as: guides.member.id }, actor: world.olga.id, space: null }))
  expect(await facts(world.olga, seq)).toMatchObject(told)
  expect(await facts(ann, seq)).toEqual([])
})

test('nobody else looks as anybody, nor an administrator as anybody else', async () => {
  const { olga, ann, bob } = world
  expect((await look(await people.member(), guides.member.id)).json).toMatchObject({ status: 403, code: 'admins_only' })
  expect(await olga.post('/demo/look', { person: guides.member.id })).toMatchObject({ status: 403, code: 'session_needed' })
  const admin = await people.admin()
  const other = (await olga.get('/people?q=Mojca')).items[0]
  for (const { id } of [ann, bob, olga, other]) expect((await look(admin, id)).json, id).toMatchObject({ status: 404, code: 'not_found' })
  await look(admin, guides.host.id)
  // Nor does one look through a look.
  expect((await look(admin, guides.guest.id)).json).toMatchObject({ status: 403, code: 'admins_only' })
  await back(admin)
  // Who was made an administrator is nobody's guide any more.
  const proven = await people.admin()
  expect((await proven.send('PATCH', `/people/${guides.member.id}`, { role: 'admin' })).status).toBe(200)
  expect((await look(admin, guides.member.id)).status).toBe(404)
  expect((await proven.send('PATCH', `/people/${guides.member.id}`, { role: 'member' })).status).toBe(200)
})

test('who looks as somebody does not touch passwords, keys, addresses, roles, or who may come in', async () => {
  const visitor = await people.admin()
  await look(visitor, guides.host.id)
  const own: [string, string, Json?][] = [
    ['PUT', '/me/password', { password: 'battery staple' }], ['PATCH', '/me', { email: 'tomaz@x.example' }], ['POST', '/me/email/confirm', { token: 'x' }],
    ['POST', '/tokens', { name: 'x' }], ['DELETE', `/tokens/${guides.host.id}`], ['POST', '/passkeys/register/options'], ['DELETE', `/passkeys/${guides.host.id}`],
    ['POST', '/me/end-everything', {}], ['POST', '/sessions/current/proof', { password: 'battery staple' }], ['POST', '/invitations', {}],
  ]
  for (const [method, path, body] of own) expect((await visitor.send(method, path, body)).json, `${method} ${path}`).toMatchObject({ status: 403, code: 'looking' })
  expect((await visitor.send('PATCH', `/people/${world.ann.id}`, { role: 'admin' })).json).toMatchObject({ status: 403, code: 'admins_only' })
  // What anybody does in their own words may be tried.
  expect((await visitor.send('PATCH', '/me', { about: 'Ask me' })).status).toBe(200)
  await back(visitor)
})

test('a look ends with the session it came from, and with the power of whoever looks', async () => {
  const [one, two] = [await people.admin(), await people.admin()]
  for (const visitor of [one, two]) await look(visitor, guides.host.id)
  const sockets = await Promise.all([one, two].map((visitor) => visitor.openSocket()))
  // Signed out from the look: both sessions are over.
  const own = one.own
  expect((await one.send('DELETE', '/sessions/current')).status).toBe(204)
  expect(await sockets[0].closed).toBeGreaterThan(1000)
  one.own = own
  await back(one)
  expect((await me(one)).status).toBe(401)
  // Ended from elsewhere.
  const elsewhere = await people.admin()
  const sessions = (await elsewhere.send('GET', '/sessions')).json.items.filter(({ current }: Json) => !current)
  for (const { id } of sessions) await elsewhere.send('DELETE', `/sessions/${id}`)
  expect(await sockets[1].closed).toBeGreaterThan(1000)
  expect((await me(two)).status).toBe(401)
  expect((await back(two)).status).toBe(204)
  expect((await me(two)).status).toBe(401)
})

test('an administrator who is none any more looks as nobody', async () => {
  const { olga, eve } = world
  const owner = await people.admin()
  await owner.send('PATCH', `/people/${eve.id}`, { role: 'admin' })
  const visitor = await signedInAs(eve)
  expect((await look(visitor, guides.host.id)).status).toBe(204)
  const { closed } = await visitor.openSocket()
  await owner.send('PATCH', `/people/${eve.id}`, { role: 'member' })
  expect(await closed).toBeGreaterThan(1000)
  expect((await me(visitor)).status).toBe(401)
  expect((await back(visitor)).status).toBe(204)
  expect(await me(visitor)).toMatchObject({ id: eve.id })
  expect(olga.id).not.toBe(eve.id)
})

test('who signs in where somebody looked does not come back as them', async () => {
  const visitor = await people.admin()
  await look(visitor, guides.host.id)
  expect((await visitor.signIn(world.ann.handle, 'correct horse')).status).toBe(200)
  expect(visitor.own).toBe('')
  await back(visitor)
  expect(await me(visitor)).toMatchObject({ id: world.ann.id })
})

test('with the sample company gone nobody looks as anybody, and who did finds the way back', async () => {
  const [visitor, remover] = [await people.admin(), await people.admin()]
  await look(visitor, guides.host.id)
  await remover.send('DELETE', '/demo?force=true')
  expect((await me(visitor)).status).toBe(401)
  expect((await back(visitor)).status).toBe(204)
  expect(await me(visitor)).toMatchObject({ id: world.olga.id })
  expect((await look(visitor, guides.host.id)).json).toMatchObject({ status: 409, code: 'no_sample' })
})
