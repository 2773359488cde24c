import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Client, type Json, makeClient, scene, signedIn } from '../../scene.ts'
import { recountTies } from '../../core/ties/commands.ts'
import { findCommunities } from './find.ts'

/** Two circles of six who talk among themselves in one open space, and who once talked to each other. */
async function circles() {
  const all = await scene()
  const olga = await signedIn(all.olga)
  const people = (names: string[]) => Promise.all(names.map(async (name) => {
    const handle = `${name}.${all.ann.handle}`
    const { id, token } = await olga.post('/people', { name, handle, email: `${handle}@x.example`, token: true })
    return makeClient(all.url, { id, token, handle })
  }))
  const potters = [all.ann, ...await people(['pia', 'pit', 'pam', 'per', 'pol'])]
  const cooks = [all.bob, ...await people(['cia', 'cid', 'cam', 'cor', 'col'])]
  const talk = async (circle: Client[], words: string) => {
    for (const one of circle) await one.post(`/spaces/${all.team.id}/join`)
    for (const one of circle) {
      const root: Json = await one.post(`/spaces/${all.team.id}/entries`, { body: `${words} for everyone` })
      for (const other of circle) if (other !== one) await other.post(`/entries/${root.id}/replies`, { body: `${words}, certainly` })
    }
  }
  await talk(potters, 'Glazing kilns')
  await talk(cooks, 'Simmering broth')
  const ladder: Json = await potters[1].post(`/spaces/${all.team.id}/entries`, { body: 'Who has a ladder?' })
  const answer: Json = await cooks[1].post(`/entries/${ladder.id}/replies`, { body: 'Me' })
  await potters[1].post(`/entries/${answer.id}/replies`, { body: 'Thanks' })
  await all.settled()
  const find = () => findCommunities(all.host)
  await find()
  const mine = async (person: Client) => (await person.get('/communities')).items as Json[]
  return { ...all, potters, cooks, find, mine }
}
const names = (community: Json) => community.people.map((p: Json) => p.id).toSorted()
const ids = (people: Client[]) => people.map((p) => p.id).toSorted()

test('who talks with whom is a community, and only its own people see it, by name', async () => {
  const { ann, bob, olga, eve, potters, cooks, mine } = await circles()
  const [pottery] = await mine(ann)
  expect(names(pottery)).toEqual(ids(potters))
  expect(pottery).toMatchObject({ size: 6, home: null, space: null })
  expect(pottery.words).toEqual(expect.arrayContaining(['glazing', 'kilns']))
  expect(pottery.words).not.toContain('everyone')
  const [kitchen] = await mine(bob)
  expect(names(kitchen)).toEqual(ids(cooks))
  // The two who talked outside are less about it than the others.
  expect([pottery, kitchen].map(({ people }) => people.at(-1).id)).toEqual([potters[1].id, cooks[1].id])
  for (const other of [olga, eve]) {
    expect(await mine(other)).toEqual([])
    expect(await other.get(`/communities/${pottery.id}`)).toMatchObject({ status: 404 })
    expect(await other.post(`/communities/${pottery.id}/home`, { name: 'x', purpose: 'y' })).toMatchObject({ status: 404 })
  }
  expect(await bob.get(`/communities/${pottery.id}`)).toMatchObject({ status: 404 })
})

test('a community keeps its identity while people come and go', async () => {
  const { ann, eve, team, potters, find, mine, settled, host } = await circles()
  const [before] = await mine(ann)
  for (const one of potters.slice(0, 3)) {
    const root = await one.post(`/spaces/${team.id}/entries`, { body: 'A new wheel' })
    await eve.post(`/entries/${root.id}/replies`, { body: 'Glazing kilns too' })
    await one.post(`/entries/${root.id}/replies`, { body: 'Good' })
  }
  await settled()
  await find()
  const [after] = await mine(ann)
  expect(after.id).toBe(before.id)
  expect(names(after)).toEqual(ids([...potters, eve]))
  expect((await mine(eve))[0].id).toBe(before.id)
  const { rows } = await sql<{ type: string }>`select type from community_changes where community_id = ${before.id}`.execute(host.db)
  expect(rows).toEqual([{ type: 'born' }])
})

test('who leaves the picture is in no community at once, nor found again; nothing else changes for others', async () => {
  const { ann, bob, potters, find, mine, settled } = await circles()
  const [kitchen] = await mine(bob)
  const [, pia] = potters
  await pia.patch('/me/network', { in_network: false })
  expect(await pia.get('/communities')).toMatchObject({ items: [], in_network: false })
  expect((await mine(ann))[0]).toMatchObject({ size: 5 })
  expect(names((await mine(ann))[0])).not.toContain(pia.id)
  await settled()
  await find()
  expect(await mine(pia)).toEqual([])
  expect(names((await mine(ann))[0])).toEqual(ids(potters.filter((one) => one !== pia)))
  const [after] = await mine(bob)
  expect(after).toEqual({ ...kitchen, people: expect.anything() })
  expect(names(after)).toEqual(names(kitchen))
})

test('a home is proposed, opens when enough say yes, and others of the community are invited', async () => {
  const { ann, bob, potters, mine } = await circles()
  const [, pia, pit, pam] = potters
  const [{ id }] = await mine(ann)
  const live = await pam.live()
  const proposed = await ann.post(`/communities/${id}/home`, { name: 'Pottery', purpose: 'Talk about clay' })
  expect(proposed.home).toMatchObject({ name: 'Pottery', by: { id: ann.id }, agreed: 1, needed: 3, mine: true })
  await live.until((e) => e.type === 'community.home_changed')
  expect(await pia.post(`/communities/${id}/home`, { name: 'Other', purpose: 'x' })).toMatchObject({ status: 409, code: 'home_proposed' })
  expect(await bob.post(`/communities/${id}/home/agree`)).toMatchObject({ status: 404 })
  expect((await pia.post(`/communities/${id}/home/agree`)).home).toMatchObject({ agreed: 2, mine: true })
  expect((await pia.del(`/communities/${id}/home/agree`)).home).toMatchObject({ agreed: 1, mine: false })
  await pia.post(`/communities/${id}/home/agree`)
  const opened = await pit.post(`/communities/${id}/home/agree`)
  expect(opened).toMatchObject({ home: null, space: { name: 'Pottery' } })
  const space = await ann.get(`/spaces/${opened.space.id}`)
  expect(space).toMatchObject({ name: 'Pottery', purpose: 'Talk about clay', visibility: 'open', member_count: 3 })
  const members = (await ann.get(`/spaces/${space.id}/members`)).items
  expect(members.map((m: Json) => [m.id, m.membership.role]).toSorted()).toEqual(
    [[ann.id, 'host'], [pia.id, 'host'], [pit.id, 'member']].toSorted())
  expect((await pam.get(`/spaces/${space.id}`)).my).toMatchObject({ role: null })
  expect((await pam.get(`/communities/${id}`)).space).toMatchObject({ id: space.id })
})

test('whoever proposed a home takes it back with everything', async () => {
  const { ann, potters, mine } = await circles()
  const [{ id }] = await mine(ann)
  await ann.post(`/communities/${id}/home`, { name: 'Pottery', purpose: 'Clay' })
  await potters[1].post(`/communities/${id}/home/agree`)
  expect((await ann.del(`/communities/${id}/home/agree`)).home).toBe(null)
  expect((await potters[1].post(`/communities/${id}/home`, { name: 'Kiln', purpose: 'Fire' })).home).toMatchObject({ agreed: 1, name: 'Kiln' })
})

test('a proposal goes with who made it, and cannot be opened in the name of who is not here any more', async () => {
  const { ann, olga, potters, mine } = await circles()
  const [, pia, pit, pam] = potters
  const [{ id }] = await mine(ann)
  await pia.post(`/communities/${id}/home`, { name: 'Pottery', purpose: 'Clay' })
  await pit.post(`/communities/${id}/home/agree`)
  await olga.patch(`/people/${pia.id}`, { state: 'deactivated' })
  expect(await ann.get(`/communities/${id}`)).toMatchObject({ size: 5, home: null, space: null })
  expect(await ann.post(`/communities/${id}/home/agree`)).toMatchObject({ status: 404 })
  expect((await pam.post(`/communities/${id}/home`, { name: 'Kiln', purpose: 'Fire' })).home).toMatchObject({ name: 'Kiln', agreed: 1 })
})

test('a guest is one of them where they talk in the open, and sees no community, which is made of what guests do not read', async () => {
  const { ann, gina, potters, team, find, mine, settled } = await circles()
  await ann.put(`/spaces/${team.id}/members/${gina.id}`, {})
  for (const one of potters.slice(0, 3)) {
    const root = await one.post(`/spaces/${team.id}/entries`, { body: 'Look' })
    const answer = await gina.post(`/entries/${root.id}/replies`, { body: 'Fine' })
    await one.post(`/entries/${answer.id}/replies`, { body: 'Good' })
  }
  await settled()
  await find()
  const [pottery] = await mine(ann)
  expect(names(pottery)).toEqual(ids([...potters, gina]))
  expect(await mine(gina)).toEqual([])
  expect(await gina.get(`/communities/${pottery.id}`)).toMatchObject({ status: 404 })
  expect(await gina.post(`/communities/${pottery.id}/home`, { name: 'x', purpose: 'y' })).toMatchObject({ status: 404 })
})

test('whoever writes to others without an answer is in no community, and private talk puts nobody in one or in another place', async () => {
  const { ann, bob, eve, potters, find, mine, settled, host, team } = await circles()
  // Ann and the others are in the closed space, which they are told; nobody else is.
  const told = async (one: Client) => (await mine(one)).map(({ spaces: _, ...community }) => community)
  const before = [await told(ann), await mine(bob)]
  for (const one of [...potters, eve]) await one.patch('/me/network', { count_direct: true })
  const closed: Json = await ann.post('/spaces', { name: 'Studio', purpose: 'x', visibility: 'closed' })
  for (const one of [...potters.slice(1), eve]) await ann.put(`/spaces/${closed.id}/members/${one.id}`, {})
  for (const one of potters) {
    const { id } = await eve.post('/conversations', { people: [one.id] })
    for (let i = 0; i < 10; i++) await eve.post(`/spaces/${id}/entries`, { body: 'Hello?' })
    const root = (await one.get(`/spaces/${team.id}/entries`)).items[0]
    await eve.post(`/entries/${root.id}/replies`, { body: 'I think so too' })
  }
  // The last of them has by far the most to do with the first, where the others do not read it.
  const { id } = await ann.post('/conversations', { people: [potters[5].id] })
  for (const one of [ann, potters[5], ann, potters[5]]) await one.post(`/spaces/${id}/entries`, { body: 'Between us' })
  const root = await eve.post(`/spaces/${closed.id}/entries`, { body: 'Anybody?' })
  for (const one of potters) await one.post(`/entries/${root.id}/replies`, { body: `Certainly, @${eve.handle}` })
  await settled()
  await recountTies(host)
  await find()
  expect(await mine(eve)).toEqual([])
  expect([await told(ann), await mine(bob)]).toEqual(before)
})

test('an administrator may have communities looked for, and sees no more than others', async () => {
  const { ann, olga } = await circles()
  expect(Date.now() - Date.parse((await olga.get('/communities')).found_at)).toBeLessThan(60_000)
  expect(await ann.post('/communities/find')).toMatchObject({ status: 403 })
  expect((await olga.post('/communities/find')).status).not.toBe(403)
  expect((await olga.get('/communities')).items).toEqual([])
})

