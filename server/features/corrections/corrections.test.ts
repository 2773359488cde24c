import { expect, test } from 'vitest'
import '../../../test/features.ts'
import { routes } from '../../app.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { schedule } from '../../schedule.ts'
import { look, pathsFor } from '../../../test/metamorphic-views.ts'

const WRONG = { wrong: '40 V', right: '48 V', body: 'It runs at 48 V' }
const post = (by: Client, space: Json, body = 'It runs at 40 V'): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { body })
const correct = (by: Client, entry: Json, more: object = WRONG): Promise<Json> => by.post(`/entries/${entry.id}/corrections`, more)
/** What somebody was told was corrected, and whether that waits for them. */
const toldOf = async (person: Client) => (await person.get('/inbox')).items.filter(({ reasons }: Json) => reasons.includes('corrected')).map((item: Json) => [item.root.id, item.unread])

/** Ann's team, in which Bob and Gina are; Eve and Olga look in from outside. */
async function stage() {
  const all = await scene()
  const { ann, bob, gina, team } = all
  for (const one of [bob, gina]) await ann.put(`/spaces/${team.id}/members/${one.id}`)
  return all
}

test('an entry says what of it was wrong and what is right, when and by whom; all of it is a list, and search finds it', async () => {
  const { ann, bob, gina, team, settled } = await stage()
  const entry = await post(bob, team)
  const corrected = await correct(bob, entry)
  const step = { n: 1, what: 'correction', by: { id: bob.id }, wrong: '40 V', right: '48 V', version: 1 }
  expect(corrected).toMatchObject({ body: 'It runs at 48 V', corrected: { count: 1, retracted: false, last: [step] } })
  // Who hosts the space corrects beside the words, which stay their author's.
  expect(await correct(ann, entry, { wrong: 'It', right: 'Line 4', body: 'Line 4 runs at 48 V' })).toMatchObject({ status: 403, code: 'authors_only' })
  const beside = await correct(ann, entry, { wrong: 'It', right: 'Line 4' })
  expect(beside).toMatchObject({ body: 'It runs at 48 V', corrected: { count: 2, last: [{ n: 2, by: { id: ann.id }, version: null }, step] } })
  const page = await gina.get(`/entries/${entry.id}/corrections?limit=1`)
  expect(page.items).toEqual([beside.corrected.last[0]])
  expect((await gina.get(`/entries/${entry.id}/corrections?limit=1&before=${page.next}`)).items).toMatchObject([step])
  expect((await gina.get(`/entries/${entry.id}/versions`)).items).toMatchObject([{ version: 1, body: 'It runs at 40 V' }])
  await settled()
  const found = async (q: string) => (await ann.get(`/search?q=${encodeURIComponent(q)}`)).items.map(({ id }: Json) => id)
  expect(await found(`"Line 4" from:${bob.handle}`)).toEqual([entry.id])
  expect([await found(`"48 V" is:corrected from:${bob.handle}`), await found(`"40 V" from:${bob.handle}`), await found(`is:retracted from:${bob.handle}`)]).toEqual([[entry.id], [], []])
  await bob.put(`/entries/${entry.id}/retraction`, { reason: 'It was another line' })
  expect(await found(`is:retracted from:${bob.handle}`)).toEqual([entry.id])
  // A card of it elsewhere is made when it is read.
  expect((await gina.get(`/linked-entries?ids=${entry.id}`)).items).toMatchObject([{ excerpt: 'It runs at 48 V', corrected: { count: 3, retracted: true } }])
})

test('whoever read, answered, reacted, or met it where others show it is told once, and nobody else', async () => {
  const { ann, bob, eve, gina, olga, team, settled } = await stage()
  const entry = await post(bob, team)
  // Ann answers, Gina reads, Olga reads where Eve shared it; Bob's own is his own.
  await ann.post(`/entries/${entry.id}/replies`, { body: 'Are you sure?' })
  await gina.post(`/entries/${entry.id}/read`)
  const board: Json = await eve.post('/spaces', { name: 'Board', purpose: 'Share', visibility: 'closed' })
  await eve.put(`/spaces/${board.id}/members/${olga.id}`)
  const share = await post(eve, board, `Look: ${eve.url}/e/${entry.id}`)
  await olga.post(`/entries/${share.id}/read`)
  const later = await post(bob, team, 'It has two fuses')
  await settled()
  const live = await gina.live()
  await correct(bob, entry)
  await settled()
  await live.until((event) => event.type === 'notification.created')
  expect(live.events.filter(({ type }) => type.startsWith('notification')).map(({ data }) => [data.reasons, data.inbox, data.late])).toEqual([[['corrected'], 1, true]])
  for (const one of [ann, eve, gina, olga]) expect(await toldOf(one), one.handle).toEqual([[entry.id, 1]])
  expect(await toldOf(bob)).toEqual([])

  // Before they look, another one is no second notice; after they looked it is.
  await correct(bob, entry, { wrong: '48 V', right: '48.5 V' })
  await settled()
  expect((await gina.get('/unread')).inbox).toBe(1)
  await gina.post(`/entries/${entry.id}/read`)
  expect([await toldOf(gina), (await gina.get('/unread')).inbox]).toEqual([[[entry.id, 0]], 0])
  await ann.put(`/entries/${entry.id}/retraction`, { reason: 'Nobody measured it' })
  await settled()
  expect([await toldOf(gina), await toldOf(bob)]).toEqual([[[entry.id, 1]], [[entry.id, 2]]])
  live.close()

  // Of what nobody read nobody is told, nor who may not read it any more, nor who muted it.
  await correct(bob, later, { wrong: 'two', right: 'three' })
  await settled()
  await gina.put(`/spaces/${team.id}/muting`)
  await ann.post(`/entries/${later.id}/read`)
  await gina.post(`/entries/${later.id}/read`)
  await settled()
  expect((await toldOf(ann)).map(([id]: string[]) => id)).toEqual([entry.id])
  await eve.del(`/spaces/${board.id}/members/${olga.id}`)
  const closed = await post(eve, board, 'Between us')
  await eve.put(`/spaces/${board.id}/members/${olga.id}`)
  await olga.post(`/entries/${closed.id}/read`)
  await eve.del(`/spaces/${board.id}/members/${olga.id}`)
  await correct(eve, closed, { wrong: 'us', right: 'them' })
  await correct(bob, later, { wrong: 'fuses', right: 'breakers' })
  await settled()
  expect((await toldOf(olga)).map(([id]: string[]) => id)).toEqual([entry.id])
  expect((await toldOf(ann)).map(([id]: string[]) => id)).toEqual([later.id, entry.id])
  expect(await toldOf(gina)).toEqual([])
})

test('however many have read it, each of them is told', async () => {
  const { bob, team, host, settled } = await stage()
  await host.pool.query(`with new as (insert into people (id, handle, name, role) select gen_random_uuid(), $2 || i, 'Somebody', 'member' from generate_series(1, 250) i returning id)
    insert into memberships (space_id, person_id, read_to, created_at) select $1, id, 'ffffffff-ffff-ffff-ffff-ffffffffffff', now() - interval '1 day' from new`, [team.id, `crowd-${bob.handle}-`])
  const entry = await post(bob, team)
  await correct(bob, entry)
  await settled()
  const { rows } = await host.pool.query(`select distinct person_id from events where type = 'notification.created' and data->>'entry' = $1 and data->'reasons' ? 'corrected'`, [entry.id])
  expect(rows).toHaveLength(250)
})

test('what is taken back stays, and says so; who took it back says that it stands after all', async () => {
  const { ann, bob, gina, team, settled } = await stage()
  const entry = await post(bob, team)
  await gina.post(`/entries/${entry.id}/read`)
  const retraction = (by: Client, reason = 'It was another line') => by.put(`/entries/${entry.id}/retraction`, { reason })
  expect(await retraction(bob)).toMatchObject({ state: 'published', body: 'It runs at 40 V', corrected: { retracted: true, last: [{ what: 'retraction', wrong: '', right: 'It was another line' }] } })
  expect(await retraction(ann)).toMatchObject({ status: 409, code: 'retracted' })
  expect(await correct(bob, entry)).toMatchObject({ status: 409, code: 'retracted' })
  expect(await ann.del(`/entries/${entry.id}/retraction`)).toMatchObject({ status: 403, code: 'retractors_only' })
  expect(await bob.del(`/entries/${entry.id}/retraction`)).toMatchObject({ corrected: { count: 2, retracted: false, last: [{ what: 'reinstatement' }, { what: 'retraction' }] } })
  expect(await bob.del(`/entries/${entry.id}/retraction`)).toMatchObject({ corrected: { count: 2 } })
  // What hosts took back hosts let stand again, and its author does not.
  await retraction(ann)
  expect(await bob.del(`/entries/${entry.id}/retraction`)).toMatchObject({ code: 'retractors_only' })
  expect(await ann.del(`/entries/${entry.id}/retraction`)).toMatchObject({ corrected: { retracted: false } })
  await settled()
  expect(await toldOf(gina)).toEqual([[entry.id, 1]])
  await bob.del(`/entries/${entry.id}`)
  expect(await gina.get(`/entries/${entry.id}/corrections`)).toMatchObject({ status: 404, code: 'not_found' })
  expect((await gina.get('/inbox')).items).toEqual([])
})

test('what cannot be corrected is refused, each with its reason', async () => {
  const { ann, bob, eve, team } = await stage()
  const entry = await post(bob, team)
  expect(await correct(eve, entry)).toMatchObject({ status: 403, code: 'correctors_only' })
  expect(await correct(bob, entry, { wrong: ' 40  V', right: '40 V' })).toMatchObject({ status: 422, code: 'nothing_changed' })
  expect(await correct(bob, entry, { ...WRONG, body: entry.body })).toMatchObject({ status: 422, code: 'nothing_changed' })
  for (const bad of [{ wrong: '', right: 'x' }, { wrong: 'x' }, { wrong: 'x'.repeat(1001), right: 'y' }, { ...WRONG, body: 'x'.repeat(40_001) }]) expect(await correct(bob, entry, bad)).toMatchObject({ status: 422, code: 'invalid' })
  expect(await correct(bob, entry, { wrong: 'x', right: 'y', body: ' ' })).toMatchObject({ status: 422, code: 'empty' })
  expect(await bob.put(`/entries/${entry.id}/retraction`, { reason: ' ' })).toMatchObject({ status: 422, code: 'invalid' })
  for (let n = 1; n <= 50; n++) await correct(bob, entry, { wrong: `${n}`, right: `${n + 1}` })
  expect(await correct(bob, entry)).toMatchObject({ status: 422, code: 'too_many_corrections' })
  expect(await bob.put(`/entries/${entry.id}/retraction`, { reason: 'None of it holds' })).toMatchObject({ corrected: { retracted: true } })
  expect(await bob.del(`/entries/${entry.id}/retraction`)).toMatchObject({ corrected: { retracted: false } })
  await ann.post(`/entries/${entry.id}/replies`, { body: 'Mine stays' })
  await bob.del(`/entries/${entry.id}`)
  expect(await correct(bob, entry)).toMatchObject({ status: 422, code: 'entry_removed' })
  const other = await post(bob, team)
  await ann.post(`/spaces/${team.id}/archive`)
  expect(await correct(bob, other)).toMatchObject({ status: 403, code: 'archived' })
  expect(await correct(ann, other, { wrong: 'x', right: 'y' })).toMatchObject({ status: 403, code: 'archived' })
  const idea: Json = await ann.post(`/spaces/${(await ann.post('/spaces', { name: 'Ideas', purpose: 'x', visibility: 'open' })).id}/entries`, { kind: 'idea', title: 'Soup' })
  await ann.post(`/entries/${idea.id}/stage`, { stage: 'discussed', reason: 'x' })
  const [step] = (await ann.get(`/entries/${idea.id}/steps`)).items
  expect(await correct(ann, step)).toMatchObject({ status: 422, code: 'not_to_be_corrected' })
})

test('who read what is kept for this alone, for a month, and nobody can read it', async () => {
  const { ann, bob, eve, gina, olga, team, host, settled } = await scene()
  const entry = await post(ann, team)
  const closed: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'secret' })
  const secret = await post(ann, closed)
  // Bob comes later, Eve looks in from outside; that no position says.
  await ann.put(`/spaces/${team.id}/members/${bob.id}`)
  await settled()
  const asked = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path))
  expect([...asked].filter((path) => /reading|seen/.test(path))).toEqual([])
  const known = { spaces: [team.id, closed.id], entries: [entry.id, secret.id], people: [ann.id, bob.id, eve.id], files: [entry.id], communities: [entry.id], regions: [entry.id] }
  const everything = async () => Promise.all([ann, olga, gina].map(async (one) => [...await look(one, pathsFor(known))]))
  const tables = async () => (await host.pool.query(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`)).rows.map(({ name }) => name as string)
  const rows = async (name: string) => (await host.pool.query(`select t::text as row from "${name}" t`)).rows.map(({ row }) => row as string)
  const live = await ann.live()
  const before = await everything()
  const count = async () => (await rows('events')).length
  const log = await count()
  for (const one of [bob, eve]) expect(await one.post('/readings', { entries: [entry.id, secret.id] })).toMatchObject({ status: 204 })
  await settled()
  // No answer to its author, an administrator or a guest is another by a byte, and there is no fact of it.
  expect(await everything()).toEqual(before)
  expect([await count(), live.events.filter(({ type }) => type !== 'typing')]).toEqual([log, []])
  // No row of any table has both, nor either where it is kept; what may not be read was not noted.
  for (const name of await tables()) for (const row of await rows(name)) expect([bob.id, eve.id].some((id) => row.includes(id)) && row.includes(entry.id), name).toBe(false)
  expect(await rows('readings')).toHaveLength(2)
  expect((await rows('readings')).join()).not.toMatch(new RegExp(`${bob.id}|${eve.id}|${entry.id}`.replaceAll('-', '')))
  expect((await olga.get('/openapi.json')).paths?.['/readings']?.get).toBeUndefined()

  await correct(ann, entry)
  await correct(ann, secret)
  await settled()
  for (const one of [bob, eve]) expect(await toldOf(one)).toEqual([[entry.id, 1]])
  expect(await toldOf(gina)).toEqual([])
  live.close()

  const other = await post(ann, team)
  await eve.post('/readings', { entries: [other.id] })
  await host.pool.query(`update readings set on_day = on_day - 31`)
  await schedule.find(({ job }) => job.name === 'forget-readings')!.job.run(host, {})
  expect(await rows('readings')).toEqual([])
  await correct(ann, other)
  await settled()
  expect((await toldOf(eve)).map(([id]: string[]) => id)).toEqual([entry.id])
})
