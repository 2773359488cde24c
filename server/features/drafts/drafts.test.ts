import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'
import { sweepFiles } from '../files/jobs.ts'
import { forgetDrafts } from './commands.ts'

const upload = (person: Client): Promise<Json> => {
  const form = new FormData()
  form.append('file', new Blob(['plan']), 'plan.txt')
  return person.post('/files', form)
}
const places = async (person: Client) => (await person.get('/drafts')).items.map((draft: Json) => draft.place)

test('what one has begun is there on the other device, whole, until it is sent', async () => {
  const { ann, bob, team } = await scene()
  const file = await upload(ann)
  const head = await bob.post(`/spaces/${team.id}/entries`, { body: 'Plans?' })
  const state = await ann.put(`/drafts/${team.id}`, { version: 0, kind: 'update', title: 'The kiln', body: 'It is **hot**', files: [file.id] })
  await ann.put(`/drafts/${head.id}`, { version: 0, body: 'I bring' })
  await ann.put(`/drafts/${ann.id}`, { version: 0, body: 'Somewhere', space: team.id })
  expect(await ann.get(`/drafts/${team.id}`)).toMatchObject({
    place: team.id, space: team.id, root: null, kind: 'update', title: 'The kiln', body: 'It is **hot**',
    files: [{ id: file.id, name: 'plan.txt' }], version: state.version, beside: [],
  })
  expect(await ann.get(`/drafts/${head.id}`)).toMatchObject({ space: team.id, root: head.id })
  expect(await places(ann)).toEqual([ann.id, head.id, team.id])
  const first = await ann.get('/drafts?limit=2')
  expect((await ann.get(`/drafts?limit=2&before=${first.next}`)).items.map((draft: Json) => draft.place)).toEqual([team.id])

  await ann.post(`/spaces/${team.id}/entries`, { title: 'The kiln', body: 'It is **hot**', files: [file.id] })
  expect(await ann.del(`/drafts/${team.id}?version=${state.version}`)).toMatchObject({ status: 204 })
  expect(await places(ann)).toEqual([ann.id, head.id])
})

test('a draft is its author\'s alone, and shown only while they may read its place', async () => {
  const { ann, bob, eve, olga } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'secret' })
  expect(await bob.put(`/drafts/${board.id}`, { version: 0, body: 'Let me in' })).toMatchObject({ code: 'not_found' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  const head = await ann.post(`/spaces/${board.id}/entries`, { body: 'Secret' })
  for (const place of [board.id, head.id]) expect(await bob.put(`/drafts/${place}`, { version: 0, body: 'Mine' })).toMatchObject({ place })
  for (const other of [ann, eve, olga]) {
    expect(await other.get(`/drafts/${board.id}`)).toMatchObject({ code: 'not_found' })
    expect(await places(other)).toEqual([])
  }
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  expect(await places(bob)).toEqual([])
  for (const place of [board.id, head.id]) {
    expect(await bob.get(`/drafts/${place}`)).toMatchObject({ code: 'not_found' })
    expect(await bob.put(`/drafts/${place}`, { version: 0, body: 'Still' })).toMatchObject({ code: 'not_found' })
  }
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  expect(await places(bob)).toEqual([head.id, board.id])
})

test('the last one to write wins, and nothing that another device had written is lost', async () => {
  const { ann, team } = await scene()
  const path = `/drafts/${team.id}`
  const one = await ann.put(path, { version: 0, body: 'We meet' })
  const two = await ann.put(path, { version: one.version, body: 'We meet at nine' })
  expect(two.version).toBeGreaterThan(one.version)
  // The other device goes on from the first one.
  const three = await ann.put(path, { version: one.version, body: 'We meet on Friday' })
  expect(three).toMatchObject({ beside: 1 })
  expect(await ann.get(path)).toMatchObject({ body: 'We meet on Friday', beside: [{ body: 'We meet at nine' }] })
  // The same again is no conflict, and neither is what has everything in it.
  expect(await ann.put(path, { version: 1, body: 'We meet on Friday' })).toEqual(three)
  expect(await ann.put(path, { version: 1, body: 'We meet on Friday, all of us' })).toMatchObject({ beside: 1 })
  for (let at = 2; at <= 5; at++) expect(await ann.put(path, { version: 1, body: `Number ${at}` })).toMatchObject({ beside: at })
  expect(await ann.put(path, { version: 1, body: 'One too many' })).toMatchObject({ status: 409, code: 'draft_conflicts' })

  const { version } = await ann.get(path)
  expect(await ann.del(`${path}?version=${version - 1}`)).toMatchObject({ status: 409, code: 'draft_changed' })
  // Sent: what was kept beside takes its place.
  await ann.del(`${path}?version=${version}`)
  const next = await ann.get(path)
  expect([next.body, next.beside.length]).toEqual(['Number 4', 4])
  expect(await ann.del(`${path}/beside`)).toMatchObject({ beside: 0 })
  await ann.del(path)
  expect(await ann.get(path)).toMatchObject({ code: 'not_found' })
})

test('two devices that save at once keep both', async () => {
  const { ann, team } = await scene()
  await Promise.all(['from the train', 'from the office'].map((body) => ann.put(`/drafts/${team.id}`, { version: 0, body })))
  const draft = await ann.get(`/drafts/${team.id}`)
  expect([draft.body, ...draft.beside.map((one: Json) => one.body)].toSorted()).toEqual(['from the office', 'from the train'])
})

test('one\'s own sockets hear of it, nobody else\'s, and without a word', async () => {
  const { ann, bob, team } = await scene()
  const [mine, others] = [await ann.live(), await bob.live()]
  const { version } = await ann.put(`/drafts/${team.id}`, { version: 0, body: 'unspoken' }, )
  expect(await mine.until(({ type }) => type === 'draft.saved')).toMatchObject({ data: { place: team.id, version } })
  await ann.del(`/drafts/${team.id}`)
  expect(await mine.until(({ type }) => type === 'draft.removed')).toMatchObject({ data: { place: team.id } })
  await ann.post(`/spaces/${team.id}/entries`, { body: 'spoken' })
  await others.until(({ type }) => type === 'entry.published')
  expect(others.events.map(({ type }) => type)).not.toContain('draft.saved')
  expect(JSON.stringify(mine.events)).not.toContain('unspoken')
  for (const live of [mine, others]) live.close()
})

test('its words are in no answer that is kept, no fact and no index', async () => {
  const { ann, team, host, settled } = await scene()
  await fetch(`${ann.url}/api/v1/drafts/${team.id}`, {
    method: 'PUT', headers: { authorization: `Bearer ${ann.token}`, 'content-type': 'application/json', 'idempotency-key': `draft-${ann.id}` },
    body: JSON.stringify({ version: 0, title: 'xylograph', body: 'xylograph' }),
  })
  await settled()
  const { rows: tables } = await host.pool.query(`select format('%I', table_name) as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`)
  const found: string[] = []
  for (const { name } of tables) if ((await host.pool.query(`select 1 from ${name} t where t::text like '%xylograph%' limit 1`)).rowCount) found.push(name)
  expect(found).toEqual(['drafts'])
})

test('bounds are said; files are one\'s own and wait with their draft', async () => {
  const { ann, bob, team, host } = await scene()
  const path = `/drafts/${team.id}`
  const [mine, theirs] = [await upload(ann), await upload(bob)]
  expect(await ann.put(path, { version: 0, body: 'x', files: [theirs.id] })).toMatchObject({ status: 422, code: 'not_your_file' })
  const sent = await upload(ann)
  await ann.post(`/spaces/${team.id}/entries`, { files: [sent.id] })
  await ann.put(path, { version: 0, body: 'on its way', files: [sent.id] })
  expect((await ann.get(path)).files).toEqual([])
  await ann.del(path)
  expect(await ann.put(path, { version: 0, body: ' ' })).toMatchObject({ status: 422, code: 'empty_draft' })
  expect(await ann.put(path, { version: 0, body: 'x'.repeat(40_001) })).toMatchObject({ status: 422 })
  await ann.put(path, { version: 0, files: [mine.id] })
  await sql`update files set created_at = now() - interval '3 days' where id in (${mine.id}, ${theirs.id})`.execute(host.db)
  await sweepFiles.run(host, {})
  expect((await ann.get(path)).files).toMatchObject([{ id: mine.id }])
  expect(await bob.get(`/files/${theirs.id}`)).toMatchObject({ status: 404 })

  await sql`insert into drafts (person_id, place, version, title, body, files)
    select ${ann.id}, gen_random_uuid(), 1, '', 'x', '{}' from generate_series(1, 199)`.execute(host.db)
  expect(await ann.put(`/drafts/${ann.id}`, { version: 0, body: 'one more' })).toMatchObject({ status: 422, code: 'too_many_drafts' })
  await sql`update drafts set saved_at = now() - interval '91 days' where person_id = ${ann.id} and place <> ${team.id}`.execute(host.db)
  await forgetDrafts.run(host, {})
  expect((await sql`select 1 from drafts where person_id = ${ann.id}`.execute(host.db)).rows).toHaveLength(1)
})
