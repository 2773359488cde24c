import { beforeAll, expect, test } from 'vitest'
import { checkNumbers } from '../../core/check.ts'
import { openHost } from '../../host.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { type Client, type Json, makeClient, scene } from '../../scene.ts'
import { count } from '../decisions/count.ts'
import { count as countVotes } from '../polls/count.ts'
import { fillDemo } from './commands.ts'

let olga: Client, ann: Client, bob: Client, team: Json, state: Json, config: any, url: string

// One network filled once: the scenarios below read it in order, the last ones take it away.
beforeAll(async () => {
  ;({ olga, ann, bob, team, config, url } = await scene())
  await ann.post(`/spaces/${team.id}/entries`, { body: 'We were here before' })
  state = await olga.post('/demo', { password: 'try the company' })
})

const signIn = async (handle: string) => {
  const response = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login: handle, password: 'try the company' }),
  })
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}
const everyPage = async (client: Client, path: string) => {
  const items: Json[] = []
  for (let next: string | null = ''; next !== null;) {
    const page: Json = await client.get(`${path}${path.includes('?') ? '&' : '?'}limit=100${next && `&before=${encodeURIComponent(next)}`}`)
    items.push(...page.items)
    next = page.next
  }
  return items
}
const spaceOf = async (name: string) => (await olga.get(`/spaces?q=${encodeURIComponent(name)}`)).items[0]

test('an administrator fills the network with the sample company, and others may not', async () => {
  expect(state).toMatchObject({ state: 'present', people: 60, spaces: 15, theirs: 0 })
  expect(state.threads).toBeGreaterThanOrEqual(220)
  expect(state.replies).toBeGreaterThanOrEqual(900)
  expect(state.conversations).toBeGreaterThanOrEqual(12)
  expect(state.handles).toHaveLength(58)
  for (const person of [ann, bob]) expect(await person.post('/demo', {})).toMatchObject({ status: 403, code: 'admins_only' })
  expect(await bob.get('/demo')).toMatchObject({ status: 403 })
})

test('it has decided something, counted as everything is, and has something to decide', async () => {
  const [open, decided] = (await olga.get('/decisions')).items
  expect([open.decision.state, decided.decision.state]).toEqual(['open', 'decided'])
  const { options, method, count: counted, outcome } = decided.decision
  const said = (await everyPage(olga, `/entries/${decided.id}/positions`)).map((one) => one.choice)
  expect(counted).toEqual(count(method, options, said))
  expect(outcome.option).toBe(counted.winner)
  expect((await olga.get(`/entries/${open.id}/arguments`)).items.map((one: Json) => one.argument.weight)).toEqual([3, 3, 2, 1])
})

test('it has asked people, by name and anonymously, and counted as everything is', async () => {
  const found = await Promise.all(['After hours', 'The Square'].map(async (name) => (await everyPage(olga, `/spaces/${(await spaceOf(name)).id}/entries`)).find(({ kind }) => kind === 'poll')))
  const [open, closed] = found.map(({ poll }) => poll)
  const said = (await everyPage(olga, `/entries/${found[0].id}/votes`)).map(({ chosen }) => chosen)
  expect(open).toMatchObject({ state: 'open', anonymous: false, turnout: said.length, count: countVotes(open.method, open.options, said) })
  expect(closed).toMatchObject({ state: 'closed', anonymous: true, turnout: 22, given: 23, count: { votes: 22, winner: '1' } })
})

test('filling twice is filling once', async () => {
  expect(await olga.post('/demo', {})).toEqual(state)
})

test('the one who filled it finds a natural amount unread: 20 in six spaces, three in the inbox, one message', async () => {
  const { spaces, inbox } = await olga.get('/unread')
  const communities = (await everyPage(olga, '/spaces')).filter((s) => s.my.role)
  expect(communities).toHaveLength(13)
  const unread = communities.map((s) => spaces[s.id] ?? 0).filter(Boolean)
  expect([unread.length, unread.reduce((sum, n) => sum + n, 0)]).toEqual([6, 20])
  expect(inbox).toBe(3)
  const waiting = (await olga.get('/inbox')).items
  expect(waiting.filter((i: Json) => i.unread).map((i: Json) => i.space_card.name).sort()).toEqual(['Cell chemistry', 'Line 4 ramp-up', 'Recycling with Grauwacke'])
  expect(waiting.length).toBeGreaterThan(3)
  const talks = (await olga.get('/conversations')).items
  expect(talks.map((t: Json) => t.my.unread).sort()).toEqual([0, 1])
})

test('its entries look like any others: authors, replies, reactions, mentions, topics, history, their own times', async () => {
  const home = (await olga.get('/home?limit=100')).items
  expect(home[0].active_at > new Date(Date.now() - 3_600_000).toISOString()).toBe(true)
  const line4 = await spaceOf('Line 4')
  const entries = await everyPage(olga, `/spaces/${line4.id}/entries?view=flat`)
  const r30 = entries.find((e) => e.title.startsWith('R30 labels'))
  expect(r30).toMatchObject({ by: { handle: 'tomaz', title: expect.stringContaining('line 4') }, reply_count: 3 })
  expect(entries.find((e) => e.root === r30.id && e.mentions.length).mentions).toMatchObject([{ id: olga.id, handle: olga.handle }])
  expect((await olga.get('/topics/r30/entries')).items.map((e: Json) => e.id)).toContain(r30.id)
  const torque = entries.find((e) => e.title.startsWith('Torque of the busbar'))
  expect(torque).toMatchObject({ edited_at: expect.any(String), body: expect.stringContaining('2.2 Nm') })
  expect((await olga.get(`/entries/${torque.id}/versions`)).items).toMatchObject([{ version: 1, body: expect.stringContaining('M4 busbar bolts: 2.8 Nm') }])
  expect(torque.reactions).toContainEqual(expect.objectContaining({ emoji: '✅', count: 3 }))
})

test('nobody is told of what happened long ago, and the secret space stays among its people', async () => {
  const log: Json[] = (await bob.get('/events?after=0&limit=100')).items
  expect(log.filter((e) => e.type === 'entry.published' && e.space !== team.id)).toEqual([])
  expect((await bob.get('/spaces?q=Heron')).items).toEqual([])
  const supply = (await bob.get('/spaces?q=Supply')).items[0]
  expect(supply).toMatchObject({ visibility: 'closed', my: { may_read: false } })
  expect(await bob.get(`/spaces/${supply.id}/entries`)).toMatchObject({ status: 404 })
  expect((await bob.get('/inbox')).items).toEqual([])
})

test('with the password one may sign in as any of its people but the bots', async () => {
  expect(await signIn('haruka')).toMatchObject({ status: 200 })
  expect((await signIn('lineboard')).status).toBe(401)
  const { cookie } = await signIn('sigrid')
  const guest = await (await fetch(`${url}/api/v1/spaces`, { headers: { cookie } })).json()
  expect(guest.items.map((s: Json) => s.name)).toEqual(['Recycling with Grauwacke'])
})

test('all numbers fit what they count', async () => {
  const { host, close } = await openHost(config)
  const found = await checkNumbers(host.db, false).finally(close)
  expect(found.filter((f) => f.wrong)).toEqual([])
})

test('it is not removed while people of the network have written in it, unless one insists', async () => {
  const line4 = await spaceOf('Line 4')
  await ann.post(`/spaces/${line4.id}/entries`, { body: 'May I join the fun?' })
  expect(await olga.get('/demo')).toMatchObject({ theirs: 1 })
  expect(await olga.del('/demo')).toMatchObject({ status: 409, code: 'demo_in_use', theirs: 1 })
  expect(await ann.del('/demo?force=true')).toMatchObject({ status: 403 })
  expect((await olga.get('/demo')).state).toBe('present')
})

test('removed, it leaves nothing but what was there before, also when its people were tried out', async () => {
  // Somebody tries it out as Tomaž: answers in a real space, opens a space, writes to Ann.
  const { host, close } = await openHost(config)
  const { createToken } = await import('../../core/people/commands.ts')
  const tomaz = await inTransaction(host, SYSTEM, async (ctx) => {
    const { id } = await ctx.db.selectFrom('people').select('id').where('handle', '=', 'tomaz').executeTakeFirstOrThrow()
    const { token } = await createToken({ ...ctx, actor: { id, role: 'member', session: null } }, { name: 'try' })
    return makeClient(url, { id, token, handle: 'tomaz' })
  })
  const [{ id: post }] = (await ann.get(`/spaces/${team.id}/entries`)).items
  await tomaz.post(`/entries/${post}/replies`, { body: 'Hello from the sample company' })
  await tomaz.post('/spaces', { name: 'Try', purpose: 'Try things' })
  await tomaz.post('/conversations', { people: [ann.id] })
  await tomaz.post(`/spaces/${team.id}/join`)
  const live = await olga.live()
  await live.watch(team.id)

  expect(await olga.del('/demo?force=true')).toEqual({ state: 'absent', filled_at: null, people: 0, spaces: 0, conversations: 0, entries: 0, threads: 0, replies: 0, theirs: 0, handles: [], guides: [] })
  await live.until((e) => e.type === 'membership.left' && e.data !== null)
  live.close()
  expect((await everyPage(olga, '/people')).map((p) => p.name).sort()).toEqual(['Ann', 'Bob', 'Eve', 'Gina', 'Olga'])
  expect((await everyPage(olga, '/spaces')).map((s) => s.id)).toEqual([team.id])
  expect((await ann.get('/conversations')).items).toEqual([])
  expect((await ann.get(`/spaces/${team.id}/entries`)).items).toMatchObject([{ id: post, reply_count: 0, active_id: post }])
  expect(await olga.get('/unread')).toEqual({ spaces: {}, inbox: 0, muted: [], muted_spaces: [] })
  expect((await checkNumbers(host.db, false)).filter((f) => f.wrong)).toEqual([])
  const left = await host.db.selectFrom('events').select('type').where('actor_id', '=', tomaz.id).execute()
  expect(left).toEqual([])
  expect(await olga.del('/demo')).toMatchObject({ state: 'absent' })
  await close()
})

test('handles that are taken already are not fought over, and mentions follow', async () => {
  await olga.post('/people', { name: 'Another Tomaž', handle: 'tomaz' })
  const live = await olga.live()
  const { host, close } = await openHost(config)
  const [filled, again] = await Promise.all([1, 2].map(() => inTransaction(host, SYSTEM, (ctx) => fillDemo(ctx))))
  await close()
  expect(filled).toMatchObject({ state: 'present', people: 60, handles: [] })
  expect(again).toEqual(filled)
  // Whoever looks on is told what to fetch, and not 1,300 old facts.
  await live.until((e) => e.type === 'membership.joined')
  await live.until((e) => e.type === 'space.imported')
  expect(live.events.filter((e) => e.type === 'entry.published')).toEqual([])
  live.close()
  expect((await signIn('haruka')).status).toBe(401)
  const line4 = await spaceOf('Line 4')
  const entries = await everyPage(olga, `/spaces/${line4.id}/entries?view=flat`)
  expect(entries.some((e) => e.by.handle === 'tomaz-kolovar')).toBe(true)
  expect(entries.flatMap((e) => e.mentions).map((m: Json) => m.handle)).not.toContain('tomaz')
})

test('when no handle is left for somebody, nothing is filled and the answer says why', async () => {
  await olga.del('/demo')
  for (const handle of ['tomaz-kolovar', 'tomaz-demo']) await olga.post('/people', { name: 'Yet another Tomaž', handle })
  expect(await olga.post('/demo', {})).toMatchObject({ status: 409, code: 'handles_taken' })
  expect(await olga.get('/demo')).toMatchObject({ state: 'absent', people: 0 })
})
