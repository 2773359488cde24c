import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const open = (host: Client, visibility = 'closed', name = 'Board') => host.post('/spaces', { name, purpose: 'Decide together', visibility }) as Promise<Json>
const ids = (items: Json[]) => items.map((item) => item.id)

test('a space has a name and a purpose; its founder is its first host', async () => {
  const { ann, gina } = await scene()
  expect(await ann.post('/spaces', { name: 'Tea', visibility: 'open' })).toMatchObject({ status: 422, errors: [{ path: 'purpose' }] })
  expect(await ann.post('/spaces', { name: ' ', purpose: 'x' })).toMatchObject({ status: 422 })
  expect(await open(ann)).toMatchObject({
    name: 'Board', purpose: 'Decide together', member_count: 1, audience: { scope: 'space', count: 1 },
    my: { role: 'host', may_read: true, may_post: true, may_manage: true, unread: 0 },
  })
  expect(await gina.post('/spaces', { name: 'Den', purpose: 'x' })).toMatchObject({ status: 403, code: 'guests_cannot' })
})

test('an open space is joined by a word; its audience is everyone', async () => {
  const { ann, eve, team } = await scene()
  const before = await eve.get(`/spaces/${team.id}`)
  expect(before.my).toMatchObject({ role: null, may_read: true, may_post: true })
  expect(before.audience.scope).toBe('organisation')
  const live = await ann.live()
  expect((await eve.post(`/spaces/${team.id}/join`)).my.role).toBe('member')
  expect((await eve.post(`/spaces/${team.id}/join`)).my.role).toBe('member')
  const event = await live.until((e) => e.type === 'membership.joined' && e.person.id === eve.id)
  expect(event).toMatchObject({ space: team.id, person: { id: eve.id } })
  expect((await ann.get(`/spaces/${team.id}`)).member_count).toBe(3)
  await eve.post(`/spaces/${team.id}/leave`)
  expect((await ann.get(`/spaces/${team.id}`)).member_count).toBe(2)
})

test('a closed space is asked; its hosts are told and let in or decline, and members are not told', async () => {
  const { ann, bob, eve, olga } = await scene()
  const board = await open(ann)
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  const [host, member, asker] = [await ann.live(), await bob.live(), await eve.live()]
  expect((await eve.post(`/spaces/${board.id}/join`)).my).toMatchObject({ role: null, requested: true, may_read: false })
  await eve.post(`/spaces/${board.id}/join`)
  expect((await host.until((e) => e.type === 'join.requested')).data).toEqual({ by: eve.id })
  await asker.until((e) => e.type === 'join.requested')
  expect(ids((await ann.get(`/spaces/${board.id}/requests`)).items)).toEqual([eve.id])
  expect(await bob.get(`/spaces/${board.id}/requests`)).toMatchObject({ status: 403, code: 'hosts_only' })
  expect(await bob.post(`/spaces/${board.id}/requests/${eve.id}/approve`)).toMatchObject({ status: 403 })
  expect(await eve.post(`/spaces/${board.id}/requests/${eve.id}/approve`)).toMatchObject({ status: 404 })

  await ann.post(`/spaces/${board.id}/requests/${eve.id}/decline`)
  await asker.until((e) => e.type === 'join.declined')
  expect((await eve.get(`/spaces/${board.id}`)).my.requested).toBe(false)
  expect(await ann.post(`/spaces/${board.id}/requests/${eve.id}/approve`)).toMatchObject({ status: 404 })

  await eve.post(`/spaces/${board.id}/join`)
  await ann.post(`/spaces/${board.id}/requests/${eve.id}/approve`)
  expect((await eve.get(`/spaces/${board.id}`)).my).toMatchObject({ role: 'member', may_read: true, requested: false })
  expect(member.events.map((e) => e.type).filter((type) => type.startsWith('join.'))).toEqual([])
  await host.until((e) => e.type === 'membership.joined' && e.person.id === eve.id)
  // Asked again on the same day: it stands in the list.
  expect(host.events.filter((e) => e.type === 'join.requested')).toHaveLength(1)
  expect((await olga.get(`/spaces/${board.id}`)).my.may_read).toBe(false)
})

test('how many are in a closed space is told to those in it, and nowhere to others', async () => {
  const { ann, bob, eve, olga } = await scene()
  const board = await open(ann, 'closed', `Board ${ann.handle}`)
  const cards = async (one: Json) => [await one.get(`/spaces/${board.id}`), ...(await one.get(`/spaces?q=${board.name}`)).items, ...(await one.get(`/search/suggest?q=${board.name}`)).spaces]
  const before = [await cards(eve), await cards(olga)]
  expect(before[0]).toHaveLength(3)
  for (const card of before.flat()) expect(card).toMatchObject({ id: board.id, audience: { scope: 'space', count: 0 } })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  expect([await cards(eve), await cards(olga)]).toEqual(before)
  for (const card of await cards(bob)) expect(card).toMatchObject({ audience: { count: 2 } })
})

test('who asks, or is invited, again and again is told of once a day, and who waits is listed page by page', async () => {
  const { ann, bob, eve, host } = await scene()
  const board = await open(ann)
  const [told, invited] = [await ann.live(), await bob.live()]
  const team = await ann.post('/spaces', { name: 'Open', purpose: 'x' })
  for (let i = 0; i < 3; i++) {
    for (const step of ['join', 'leave']) await eve.post(`/spaces/${board.id}/${step}`)
    await ann.post(`/spaces/${team.id}/invitations`, { person: bob.id })
    await bob.post(`/spaces/${team.id}/invitations/decline`)
  }
  await host.pool.query(`update tellings set told_at = told_at - interval '25 hours' where occasion like any ($1)`, [[`%${eve.id}`, `%${bob.id}`]])
  await eve.post(`/spaces/${board.id}/join`)
  await bob.post(`/spaces/${board.id}/join`)
  await ann.post(`/spaces/${team.id}/invitations`, { person: bob.id })
  await told.until((e) => e.type === 'join.requested' && e.data.by === bob.id)
  expect(told.events.filter((e) => e.type === 'join.requested').map((e) => e.data.by)).toEqual([eve.id, eve.id, bob.id])
  await expect.poll(() => invited.events.filter((e) => e.type === 'space.invited').length).toBe(2)
  expect((await bob.get(`/spaces/${team.id}`)).my.invited).toBe(true)
  const page = await ann.get(`/spaces/${board.id}/requests?limit=1`)
  expect(ids(page.items)).toEqual([eve.id])
  const rest = await ann.get(`/spaces/${board.id}/requests?limit=1&after=${page.next}`)
  expect([ids(rest.items), rest.next]).toEqual([[bob.id], null])
  expect(await ann.get(`/spaces/${team.id}/requests?after=${page.next}`)).toMatchObject({ code: 'bad_cursor' })
})

test('a wish to join can be taken back', async () => {
  const { ann, eve } = await scene()
  const board = await open(ann)
  await eve.post(`/spaces/${board.id}/join`)
  await eve.post(`/spaces/${board.id}/leave`)
  expect((await eve.get(`/spaces/${board.id}`)).my.requested).toBe(false)
  expect((await ann.get(`/spaces/${board.id}/requests`)).items).toEqual([])
})

test('a secret space is known to its members and to whom they invite, and to nobody else', async () => {
  const { ann, bob, eve, olga } = await scene()
  const den = await open(ann, 'secret', `Den ${ann.handle}`)
  const missing = await eve.get('/spaces/01a2010f-841e-7000-b1be-62788d92349e')
  for (const stranger of [bob, eve, olga]) {
    expect(await stranger.get(`/spaces/${den.id}`)).toEqual(missing)
    expect(await stranger.post(`/spaces/${den.id}/join`)).toEqual(missing)
    expect((await stranger.get(`/spaces?q=${den.name}`)).items).toEqual([])
  }
  const [invited, other] = [await bob.live(), await eve.live()]
  await other.watch(den.id)
  await ann.post(`/spaces/${den.id}/invitations`, { person: bob.id })
  await ann.post(`/spaces/${den.id}/invitations`, { person: bob.id })
  await invited.until((e) => e.type === 'space.invited' && e.space === den.id)
  expect((await bob.get(`/spaces/${den.id}`)).my).toMatchObject({ invited: true, may_read: false })
  expect(await bob.get(`/spaces/${den.id}/members`)).toMatchObject({ status: 404 })
  await bob.post(`/spaces/${den.id}/invitations/decline`)
  expect(await bob.get(`/spaces/${den.id}`)).toEqual(missing)
  await ann.post(`/spaces/${den.id}/invitations`, { person: bob.id })
  expect((await bob.post(`/spaces/${den.id}/join`)).my).toMatchObject({ role: 'member', invited: false })
  expect(other.events.filter((e) => e.space === den.id)).toEqual([])
  await invited.until((e) => e.type === 'membership.joined' && e.person.id === bob.id)
  // Invited again on the day on which they declined: it waits where they look.
  expect(invited.events.filter((e) => e.type === 'space.invited')).toHaveLength(1)
})

test('members invite into an open space, hosts into the others', async () => {
  const { ann, bob, eve, team } = await scene()
  const board = await open(ann)
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  expect(await bob.post(`/spaces/${board.id}/invitations`, { person: eve.id })).toMatchObject({ status: 403, code: 'hosts_only' })
  await bob.post(`/spaces/${team.id}/invitations`, { person: eve.id })
  expect((await eve.post(`/spaces/${team.id}/join`)).my.role).toBe('member')
  expect(await eve.post(`/spaces/${board.id}/invitations`, { person: bob.id })).toMatchObject({ status: 404 })
})

test('a guest comes into a space by its hosts only, and by administrators where everybody could read', async () => {
  const { ann, bob, eve, olga, gina, team } = await scene()
  const invite = (who: typeof ann) => who.post(`/spaces/${team.id}/invitations`, { person: gina.id })
  for (const member of [bob, eve]) expect(await invite(member)).toMatchObject({ status: 403, code: 'hosts_only' })
  expect(await gina.post(`/spaces/${team.id}/join`)).toMatchObject({ status: 404 })
  await invite(ann)
  expect((await gina.post(`/spaces/${team.id}/join`)).my.role).toBe('member')
  await ann.del(`/spaces/${team.id}/members/${gina.id}`)
  await invite(olga)
  expect((await gina.post(`/spaces/${team.id}/join`)).my.role).toBe('member')
  // What a host gave counts as long as they are one.
  await ann.del(`/spaces/${team.id}/members/${gina.id}`)
  await ann.put(`/spaces/${team.id}/members/${bob.id}`, { role: 'host' })
  await invite(bob)
  await ann.put(`/spaces/${team.id}/members/${bob.id}`, { role: 'member' })
  expect((await gina.post(`/spaces/${team.id}/join`)).my).toMatchObject({ role: null, requested: true })
})

test('whom a host took out comes back by a host, and not by joining or by members', async () => {
  const { ann, bob, eve, team } = await scene()
  await ann.del(`/spaces/${team.id}/members/${bob.id}`)
  await eve.post(`/spaces/${team.id}/join`)
  expect(await eve.post(`/spaces/${team.id}/invitations`, { person: bob.id })).toMatchObject({ status: 403, code: 'hosts_only' })
  expect((await bob.post(`/spaces/${team.id}/join`)).my).toMatchObject({ role: null, requested: true })
  expect((await ann.get(`/spaces/${team.id}/requests`)).items).toMatchObject([{ id: bob.id }])
  await ann.post(`/spaces/${team.id}/requests/${bob.id}/approve`)
  // Let in again, one goes and comes as before.
  await bob.post(`/spaces/${team.id}/leave`)
  expect((await bob.post(`/spaces/${team.id}/join`)).my.role).toBe('member')
})

test('the last host of a space with members hands over first', async () => {
  const { ann, bob } = await scene()
  const board = await open(ann)
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  expect(await ann.post(`/spaces/${board.id}/leave`)).toMatchObject({ status: 422, code: 'last_host' })
  expect(await ann.put(`/spaces/${board.id}/members/${ann.id}`, { role: 'member' })).toMatchObject({ status: 422, code: 'last_host' })
  expect(await ann.del(`/spaces/${board.id}/members/${ann.id}`)).toMatchObject({ status: 422, code: 'last_host' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, { role: 'host' })
  expect(await ann.post(`/spaces/${board.id}/leave`)).toMatchObject({ status: 204 })
  expect((await bob.get(`/spaces/${board.id}`)).my.may_manage).toBe(true)
  expect(await bob.post(`/spaces/${board.id}/leave`)).toMatchObject({ status: 204 })
})

test('two hosts who leave at once leave one behind', async () => {
  const { ann, bob, eve } = await scene()
  for (let round = 0; round < 6; round++) {
    const board = await open(ann)
    await ann.put(`/spaces/${board.id}/members/${bob.id}`, { role: 'host' })
    await ann.put(`/spaces/${board.id}/members/${eve.id}`, {})
    await Promise.all([ann.post(`/spaces/${board.id}/leave`), bob.post(`/spaces/${board.id}/leave`)])
    const { items } = await eve.get(`/spaces/${board.id}/members`)
    expect(items.filter((member: Json) => member.membership.role === 'host')).toHaveLength(1)
  }
})

test('many who join and leave at once are counted right', async () => {
  const { ann, bob, eve, olga, team } = await scene()
  await Promise.all([eve, olga, eve, olga, bob].flatMap((person) => ['join', 'leave', 'join'].map((verb) => person.post(`/spaces/${team.id}/${verb}`))))
  const { items } = await ann.get(`/spaces/${team.id}/members`)
  expect((await ann.get(`/spaces/${team.id}`)).member_count).toBe(items.length)
})

test('hosts look after a space; administrators where they are in it or everybody could read it', async () => {
  const { ann, bob, olga, team } = await scene()
  const board = await open(ann)
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  expect(await bob.patch(`/spaces/${board.id}`, { name: 'Mine' })).toMatchObject({ status: 403, code: 'hosts_only' })
  expect(await bob.del(`/spaces/${board.id}/members/${ann.id}`)).toMatchObject({ status: 403 })
  expect(await olga.patch(`/spaces/${board.id}`, { name: 'Mine' })).toMatchObject({ status: 404 })
  expect(await olga.put(`/spaces/${board.id}/members/${olga.id}`, {})).toMatchObject({ status: 404 })
  expect(await olga.patch(`/spaces/${team.id}`, { name: 'Team A', audience_note: 'for all' })).toMatchObject({ name: 'Team A', audience_note: 'for all', purpose: 'Work together' })
  expect(await ann.patch(`/spaces/${board.id}`, { purpose: ' ' })).toMatchObject({ status: 422 })
})

test('what was said for a few is not opened to everyone; what is open can be closed, and then others hear no more', async () => {
  const { ann, eve, team } = await scene()
  const board = await open(ann)
  expect(await ann.patch(`/spaces/${board.id}`, { visibility: 'open' })).toMatchObject({ status: 422, code: 'cannot_widen' })
  const live = await eve.live()
  await live.watch(team.id)
  await ann.post(`/spaces/${team.id}/entries`, { body: 'for all' })
  await live.until((e) => e.type === 'entry.published')
  await ann.patch(`/spaces/${team.id}`, { visibility: 'closed' })
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body: 'cnry_few' })
  expect(await eve.get(`/entries/${entry.id}`)).toMatchObject({ status: 404 })
  await ann.patch('/me', { title: 'done' })
  await live.until((e) => e.type === 'person.changed')
  expect(JSON.stringify(live.events)).not.toContain('cnry_few')
  expect(JSON.stringify(await eve.get('/events?after=0&limit=100'))).not.toContain('cnry_few')
})

test('an archived space is read and not written in', async () => {
  const { ann, bob, eve, team } = await scene()
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: 'before' })
  expect(await bob.post(`/spaces/${team.id}/archive`)).toMatchObject({ status: 403 })
  expect(await ann.post(`/spaces/${team.id}/archive`)).toMatchObject({ state: 'archived', my: { may_post: false } })
  const refusal = { status: 403, code: 'archived' }
  expect(await ann.post(`/spaces/${team.id}/entries`, { body: 'x' })).toMatchObject(refusal)
  expect(await bob.post(`/entries/${entry.id}/replies`, { body: 'x' })).toMatchObject(refusal)
  expect(await bob.patch(`/entries/${entry.id}`, { body: 'x' })).toMatchObject({ status: 403 })
  expect(await bob.put(`/entries/${entry.id}/reactions/👍`)).toMatchObject({ status: 403 })
  expect(await eve.get(`/entries/${entry.id}`)).toMatchObject({ body: 'before' })
  expect(ids((await eve.get(`/spaces?q=${encodeURIComponent(team.name)}`)).items)).not.toContain(team.id)
  expect(ids((await eve.get('/spaces?state=archived&limit=100')).items)).toContain(team.id)
  await ann.post(`/spaces/${team.id}/unarchive`)
  expect(await bob.post(`/entries/${entry.id}/replies`, { body: 'again' })).toMatchObject({ body: 'again' })
})

test('the same people are the same conversation, however and however often they begin it', async () => {
  const { ann, bob, eve } = await scene()
  const first = await ann.post('/conversations', { people: [bob.id] })
  expect(first).toMatchObject({ kind: 'direct', visibility: 'secret', name: 'Bob', audience: { scope: 'few', names: ['Bob'] }, people: [{ id: bob.id }] })
  for (const people of [[ann.id], [ann.id, bob.id], [ann.id.toUpperCase()], [ann.id, ann.id]]) expect((await bob.post('/conversations', { people })).id).toBe(first.id)
  expect((await bob.post('/conversations', { people: [ann.id, eve.id] })).id).not.toBe(first.id)
  const together = await Promise.all([ann, eve, ann, eve].map((person) => person.post('/conversations', { people: [ann.id, eve.id] })))
  expect(new Set(ids(together)).size).toBe(1)
  expect(await ann.post('/conversations', { people: [ann.id] })).toMatchObject({ audience: { scope: 'me' } })
  expect(await ann.post('/conversations', { people: [] })).toMatchObject({ status: 422 })
  expect(await ann.post('/conversations', { people: ['01a2010f-841e-7000-b1be-62788d92349e'] })).toMatchObject({ status: 404 })
})

test('a conversation is sealed: nobody comes in, goes, or opens it, whoever asks', async () => {
  const { ann, bob, eve, olga } = await scene()
  const { id } = await ann.post('/conversations', { people: [bob.id] })
  await ann.post(`/spaces/${id}/entries`, { body: 'psst' })
  for (const stranger of [eve, olga]) {
    expect(await stranger.get(`/spaces/${id}`)).toMatchObject({ status: 404 })
    expect(await stranger.post(`/spaces/${id}/join`)).toMatchObject({ status: 404 })
    expect(await stranger.put(`/spaces/${id}/members/${stranger.id}`, { role: 'host' })).toMatchObject({ status: 404 })
  }
  const sealed = { status: 422, code: 'conversation_sealed' }
  expect(await ann.put(`/spaces/${id}/members/${eve.id}`, {})).toMatchObject(sealed)
  expect(await ann.del(`/spaces/${id}/members/${bob.id}`)).toMatchObject(sealed)
  expect(await ann.post(`/spaces/${id}/leave`)).toMatchObject(sealed)
  expect(await ann.patch(`/spaces/${id}`, { visibility: 'open' })).toMatchObject(sealed)
  expect(await ann.post(`/spaces/${id}/archive`)).toMatchObject(sealed)
  expect(await ann.post(`/spaces/${id}/invitations`, { person: eve.id })).toMatchObject({ status: 404 })
  expect(ids((await olga.get('/spaces?limit=100')).items)).not.toContain(id)
  expect(ids((await ann.get('/spaces?limit=100&mine=true')).items)).not.toContain(id)
  expect((await ann.get(`/spaces/${id}/members`)).items).toHaveLength(2)
})

test('a conversation is sealed also against whoever writes SQL', async () => {
  const { ann, bob, eve, team, host } = await scene()
  const { id } = await ann.post('/conversations', { people: [bob.id] })
  const sealed = (text: string, ...values: string[]) => expect(host.pool.query(text, values), text).rejects.toThrow('sealed')
  const read_to = id
  await sealed('insert into memberships (space_id, person_id, read_to) values ($1, $2, $3)', id, eve.id, read_to)
  await sealed('delete from memberships where space_id = $1 and person_id = $2', id, bob.id)
  await sealed('update memberships set person_id = $2 where space_id = $1 and person_id = $3', id, eve.id, bob.id)
  await sealed('update memberships set space_id = $1 where space_id = $2 and person_id = $3', id, team.id, bob.id)
  await sealed(`update spaces set participants = participants || $2::uuid where id = $1`, id, eve.id)
  await sealed(`update spaces set visibility = 'open' where id = $1`, id)
  await sealed(`update spaces set kind = 'community', participants = null, name = 'x', purpose = 'x' where id = $1`, id)
  await sealed(`update spaces set kind = 'direct', visibility = 'secret', participants = array[$2::uuid] where id = $1`, team.id, eve.id)
  // Reading positions move, and a space that is deleted altogether takes its people along.
  await host.pool.query('update memberships set read_to = $2 where space_id = $1', [id, read_to])
  await host.pool.query('delete from spaces where id = $1', [id])
  expect((await host.pool.query('select from memberships where space_id = $1', [id])).rowCount).toBe(0)
})

test('guests see the spaces they are in, and no others, also by their ids', async () => {
  const { ann, gina, team } = await scene()
  const board = await open(ann)
  for (const space of [team, board]) for (const path of ['', '/entries', '/members']) expect(await gina.get(`/spaces/${space.id}${path}`)).toMatchObject({ status: 404 })
  expect(await gina.post(`/spaces/${team.id}/join`)).toMatchObject({ status: 404 })
  expect(await gina.get('/spaces')).toEqual({ items: [], next: null })
  await ann.put(`/spaces/${team.id}/members/${gina.id}`, {})
  expect(ids((await gina.get('/spaces')).items)).toEqual([team.id])
  expect(await gina.post(`/spaces/${team.id}/entries`, { body: 'hello' })).toMatchObject({ author: gina.id })
  expect((await ann.get(`/spaces/${team.id}`)).audience.scope).toBe('partners')
})

test('the directory is searched, filtered and read page by page', async () => {
  const { ann, bob } = await scene()
  const mark = `zq${Date.now().toString(36)}`
  for (const name of ['b', 'A', 'c', 'a']) await ann.post('/spaces', { name: `${name} ${mark}`, purpose: 'x', visibility: name === 'c' ? 'closed' : 'open' })
  await ann.post('/spaces', { name: 'Secret', purpose: mark, visibility: 'secret' })
  const names = async (query: string) => (await bob.get(`/spaces?q=${mark}${query}`)).items.map((space: Json) => space.name.split(' ')[0].toLowerCase())
  expect(await names('')).toEqual(['a', 'a', 'b', 'c'])
  expect(await names('&mine=true')).toEqual([])
  const paged: string[] = []
  for (let cursor = ''; ;) {
    const page = await bob.get(`/spaces?q=${mark}&limit=1${cursor}`)
    paged.push(...ids(page.items))
    if (!page.next) break
    cursor = `&before=${page.next}`
  }
  expect(new Set(paged).size).toBe(4)
  const closed = (await bob.get(`/spaces?q=${mark}`)).items[3]
  expect(closed).toMatchObject({ my: { may_read: false, may_post: false }, last_activity_at: closed.created_at })
})

test('a profile is followed by all and written by its person', async () => {
  const { ann, bob, eve } = await scene()
  const { space } = await ann.get('/me')
  await bob.post(`/spaces/${space}/join`)
  const entry = await ann.post(`/spaces/${space}/entries`, { body: 'new job' })
  expect((await bob.get('/home')).items[0]).toMatchObject({ id: entry.id, space_card: { kind: 'profile', name: 'Ann' } })
  expect(await bob.post(`/spaces/${space}/entries`, { body: 'x' })).toMatchObject({ status: 403 })
  for (const other of [bob, eve]) expect(await other.post(`/entries/${entry.id}/replies`, { body: 'congratulations' })).toMatchObject({ kind: 'message' })
  expect(await ann.post(`/spaces/${space}/leave`)).toMatchObject({ status: 422, code: 'own_profile' })
  expect(await ann.patch(`/spaces/${space}`, { visibility: 'closed' })).toMatchObject({ status: 403 })
})

test('hosts see how many are invited and have not come yet; others do not', async () => {
  const { ann, bob, eve, gina } = await scene()
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed', people: [eve.id] })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  await ann.post(`/spaces/${board.id}/invitations`, { person: gina.id })
  const inviting = async (person: Client) => (await person.get(`/spaces/${board.id}`)).my.inviting
  expect([await inviting(ann), await inviting(bob), await inviting(eve)]).toEqual([2, 0, 0])
  await eve.post(`/spaces/${board.id}/join`)
  await ann.del(`/spaces/${board.id}/invitations/${gina.id}`)
  expect(await inviting(ann)).toBe(0)
})
