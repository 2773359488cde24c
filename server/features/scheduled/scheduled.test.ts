import { expect, test } from 'vitest'
import { atOnce } from '../../../test/at-once.ts'
import { openHost } from '../../host.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { sendOne, sendOverdue } from './jobs.ts'

const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
const HOUR = 3_600_000
const later = (person: Client, space: Json, body: string, more: object = {}) =>
  person.post('/scheduled', { space: space.id, send_at: soon(HOUR), words: { body }, ...more }) as Promise<Json>
const bodies = async (person: Client, space: Json) => (await person.get(`/spaces/${space.id}/entries?view=flat`)).items.map(({ body }: Json) => body)
/** As if its moment had come, without waiting for it. */
const comes = (host: Json, one: Json) => host.pool.query(`update scheduled set send_at = now() - interval '1 second' where id = $1`, [one.id])

test('what is scheduled is its author\'s alone until it is sent at its moment, by the clock', async () => {
  const { ann, bob, team } = await scene()
  const live = await bob.live()
  const at = soon(2500)
  const one = await later(ann, team, 'cnry_later', { send_at: at })
  expect(one).toMatchObject({ body: 'cnry_later', send_at: at, refused: null, space_card: { id: team.id } })
  expect((await ann.get('/scheduled')).items).toMatchObject([{ id: one.id }])
  expect((await bob.get('/scheduled')).items).toEqual([])
  for (const [path, verb] of [[`/scheduled/${one.id}`, 'del'], [`/scheduled/${one.id}/send`, 'post']] as const) expect(await (bob[verb] as any)(path)).toMatchObject({ status: 404 })
  expect(await bodies(bob, team)).toEqual([])
  const told = await live.until(({ type, entry }) => type === 'entry.published' && entry?.body === 'cnry_later')
  expect(told.entry.author).toBe(ann.id)
  const late = Date.parse(told.at) - Date.parse(at)
  expect([late >= 0, late < 60_000]).toEqual([true, true])
  expect(live.events.filter(({ type }) => type === 'scheduled.changed')).toEqual([])
  await expect.poll(async () => (await ann.get('/scheduled')).items).toEqual([])
})

test('it is sent once, however many processes come to it, and in spite of a job that was lost', async () => {
  const { ann, team, host, config } = await scene()
  const [one, lost] = [await later(ann, team, 'once'), await later(ann, team, 'lost')]
  await comes(host, one)
  const other = await openHost(config)
  await Promise.allSettled([host, other.host, host, other.host].map((each) => sendOne.run(each, { id: one.id })))
  expect(await bodies(ann, team)).toEqual(['once'])
  await sendOne.run(host, { id: lost.id })
  expect(await bodies(ann, team)).toEqual(['once'])
  await host.pool.query(`update scheduled set send_at = now() - interval '2 minutes' where id = $1`, [lost.id])
  await Promise.allSettled([sendOverdue.run(host, {}), sendOverdue.run(other.host, {})])
  await other.close()
  expect(await bodies(ann, team)).toEqual(['lost', 'once'])
})

test('the rights count when it is sent: what is refused waits in its author\'s inbox with the reason, and nothing is lost', async () => {
  const { ann, bob, host } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  const [one, two] = [await later(bob, board, 'My last words'), await later(bob, board, 'Later')]
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  await comes(host, one)
  await sendOne.run(host, { id: one.id })
  const waiting = async () => (await bob.get('/waiting')).items.filter(({ kind }: Json) => kind === 'not_sent')
  expect(await waiting()).toMatchObject([{ id: one.id, space: null, facts: { code: 'not_found', body: 'My last words' } }])
  expect((await bob.get('/scheduled')).items).toMatchObject([{ id: one.id, space_card: null, refused: { code: 'not_found' } }, { id: two.id, refused: null, space_card: null }])
  expect((await ann.get('/waiting')).items.filter(({ kind }: Json) => kind === 'not_sent')).toEqual([])
  expect(await bob.post(`/scheduled/${one.id}/send`)).toMatchObject({ code: 'not_found' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  await ann.post(`/spaces/${board.id}/archive`)
  expect(await bob.post(`/scheduled/${one.id}/send`)).toMatchObject({ code: 'archived' })
  await ann.post(`/spaces/${board.id}/unarchive`)
  expect(await bob.post(`/scheduled/${one.id}/send`)).toMatchObject({ body: 'My last words', author: bob.id })
  expect(await waiting()).toEqual([])
  expect((await bob.del(`/scheduled/${two.id}`)).status).toBe(204)
  expect(await bob.get('/scheduled')).toEqual({ items: [], next: null })
})

test('who was let go sends nothing any more', async () => {
  const { ann, bob, olga, team, host } = await scene()
  const one = await later(bob, team, 'From the beach')
  await olga.patch(`/people/${bob.id}`, { state: 'deactivated' })
  await comes(host, one)
  await sendOne.run(host, { id: one.id })
  expect(await bodies(ann, team)).toEqual([])
})

test('a reply, a question and a direct message go with all that belongs to them', async () => {
  const { ann, bob, team, host } = await scene()
  const root = await ann.post(`/spaces/${team.id}/entries`, { title: 'Lunch', body: 'Soup?' })
  const talk = await ann.post('/conversations', { people: [bob.id] })
  const form = new FormData()
  form.append('file', new Blob(['a menu'], { type: 'text/plain' }), 'menu.txt')
  const file = await bob.post('/files', form)
  const all = [
    await later(bob, team, 'Yes', { root: root.id, words: { body: 'Yes', files: [file.id] } }),
    await later(bob, team, '', { words: { kind: 'question', title: 'Which soup?' } }), await later(bob, talk, 'psst'),
  ]
  expect(all[0]).toMatchObject({ thread: { id: root.id, words: 'Lunch' }, files: [{ id: file.id, name: 'menu.txt' }] })
  for (const one of all) {
    await comes(host, one)
    await sendOne.run(host, { id: one.id })
  }
  expect((await ann.get(`/entries/${root.id}/thread`)).items).toMatchObject([{ body: 'Yes', files: [{ id: file.id }] }])
  expect((await ann.get(`/spaces/${team.id}/questions`)).items).toMatchObject([{ title: 'Which soup?', author: bob.id }])
  expect(await bodies(ann, talk)).toEqual(['psst'])
})

test('it is moved, and what cannot be is refused at once', async () => {
  const { ann, bob, eve, team, host } = await scene()
  const one = await later(ann, team, 'Moved')
  const at = soon(2 * HOUR)
  expect(await ann.patch(`/scheduled/${one.id}`, { send_at: at })).toMatchObject({ send_at: at })
  const { rows } = await host.pool.query('select run_at from graphile_worker.jobs where key = $1', [`send ${one.id}`])
  expect(rows.map(({ run_at }: Json) => Math.abs(Date.parse(run_at) - Date.parse(at)) < 1000)).toEqual([true])
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  expect(await later(eve, board, 'x')).toMatchObject({ code: 'not_found' })
  expect(await later(ann, team, ' ')).toMatchObject({ code: 'empty' })
  expect(await later(ann, team, 'x', { send_at: soon(-HOUR) })).toMatchObject({ code: 'not_in_future' })
  expect(await later(ann, team, 'x', { send_at: soon(400 * 24 * HOUR) })).toMatchObject({ code: 'not_in_future' })
  expect(await later(ann, { id: (await bob.get('/me')).space }, 'x')).toMatchObject({ code: 'forbidden' })
  const root = await ann.post(`/spaces/${board.id}/entries`, { body: 'elsewhere' })
  expect(await later(ann, team, 'x', { root: root.id })).toMatchObject({ code: 'not_found' })
  // What may not be begun there, nor then, nor in this way.
  expect(await later(ann, team, '', { words: { kind: 'question', body: 'No title' } })).toMatchObject({ code: 'title_needed' })
  expect(await later(ann, team, '', { words: { kind: 'message', body: 'x' } })).toMatchObject({ code: 'wrong_kind' })
  expect(await later(ann, team, '', { words: { kind: 'nonsense', body: 'x' } })).toMatchObject({ status: 422 })
  await ann.post(`/spaces/${board.id}/archive`)
  expect(await later(ann, board, 'x')).toMatchObject({ code: 'archived' })
  expect(await later(ann, board, 'x', { root: root.id })).toMatchObject({ code: 'archived' })
})

test('a hundred at most are kept, and read page by page', async () => {
  const { ann, team } = await scene()
  const answers = await atOnce(102, (n) => later(ann, team, `number ${n}`, { send_at: soon(HOUR + n * 1000) }))
  expect(answers.filter(({ code }) => code === 'too_many_scheduled')).toHaveLength(2)
  const found: string[] = []
  for (let cursor = ''; ;) {
    const page = await ann.get(`/scheduled?limit=40${cursor}`)
    found.push(...page.items.map(({ send_at }: Json) => send_at))
    if (!page.next) break
    cursor = `&before=${page.next}`
  }
  expect(found).toHaveLength(100)
  expect(found).toEqual(found.toSorted())
})
