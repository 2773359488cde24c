import { expect, test } from 'vitest'
import { countWaiting } from '../../../test/waiting.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { remindOf } from './commands.ts'

const post = (person: Client, space: Json, body = 'Hello') => person.post(`/spaces/${space.id}/entries`, { body }) as Promise<Json>
const save = (person: Client, entry: Json, more: object = {}) => person.put(`/entries/${entry.id}/saved`, more) as Promise<Json>
const ids = async (person: Client, query = '') => (await person.get(`/saved${query}`)).items.map(({ id }: Json) => id)
const soon = (ms: number) => new Date(Date.now() + ms).toISOString()

test('what one saves is there, the newest first, page by page, and for nobody else', async () => {
  const { ann, bob, team } = await scene()
  const entries: Json[] = []
  for (let n = 0; n < 5; n++) entries.push(await post(ann, team, `number ${n}`))
  const reply = await ann.post(`/entries/${entries[0].id}/replies`, { body: 'and a reply' })
  for (const entry of [entries[3], entries[0], reply, entries[4]]) expect(await save(bob, entry)).toEqual({ entry: entry.id, saved: true, remind_at: null })
  const all = [entries[4], reply, entries[0], entries[3]].map(({ id }) => id)
  expect(await ids(bob)).toEqual(all)
  const first = await bob.get('/saved?limit=3')
  expect([...first.items.map(({ id }: Json) => id), ...await ids(bob, `?limit=3&before=${first.next}`)]).toEqual(all)
  expect(first.items[1]).toMatchObject({ body: 'and a reply', saved: true, space_card: { id: team.id }, remind_at: null })
  expect(await ids(ann)).toEqual([])
  expect((await ann.get(`/entries/${entries[4].id}`)).saved).toBe(false)
  expect(Object.fromEntries((await bob.get('/home')).items.map(({ body, saved }: Json) => [body, saved])))
    .toEqual({ 'number 0': true, 'number 1': false, 'number 2': false, 'number 3': true, 'number 4': true })
})

test('what is done goes, and comes back where it stood with its reminder', async () => {
  const { ann, bob, team } = await scene()
  const [one, two] = [await post(ann, team), await post(ann, team)]
  const at = soon(3_600_000)
  await save(bob, one, { remind_at: at })
  await save(bob, two)
  await bob.del(`/entries/${one.id}/saved`)
  expect(await ids(bob)).toEqual([two.id])
  expect(await save(bob, one)).toEqual({ entry: one.id, saved: true, remind_at: at })
  expect(await ids(bob)).toEqual([two.id, one.id])
  expect(await save(bob, one, { remind_at: null })).toMatchObject({ remind_at: null })
})

test('what one may not read any more is not shown, also not by a reminder, and can still be put away', async () => {
  const { ann, bob, eve } = await scene()
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`, {})
  const [kept, gone] = [await post(ann, board), await post(ann, board)]
  expect(await save(eve, kept)).toMatchObject({ code: 'not_found' })
  for (const entry of [kept, gone]) await save(bob, entry, { remind_at: soon(0) })
  const reminders = async () => (await bob.get('/waiting')).items.filter(({ kind }: Json) => kind === 'reminder').map(({ id }: Json) => id).sort()
  await expect.poll(reminders, { timeout: 10_000 }).toEqual([kept.id, gone.id].sort())
  await ann.del(`/entries/${gone.id}`)
  expect([await ids(bob), await reminders()]).toEqual([[kept.id], [kept.id]])
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  expect([await ids(bob), await reminders()]).toEqual([[], []])
  expect((await bob.del(`/entries/${kept.id}/saved`)).status).toBe(204)
})

test('a reminder comes into the inbox at its moment, live, once, and goes when one is done', async () => {
  const { ann, bob, team, host } = await scene()
  const entry = await ann.post(`/spaces/${team.id}/entries`, { title: 'Order gaskets', body: 'Before Monday' })
  const at = soon(2500)
  await save(bob, entry, { remind_at: at })
  const live = await bob.live()
  const reminders = async () => (await bob.get('/waiting')).items.filter(({ kind }: Json) => kind === 'reminder')
  expect(await reminders()).toEqual([])
  const told = await live.until(({ type }) => type === 'waiting.changed')
  const late = Date.parse(told.at) - Date.parse(at)
  expect(late).toBeGreaterThanOrEqual(0)
  expect(late).toBeLessThan(60_000)
  expect(await reminders()).toMatchObject([{ id: entry.id, space: { id: team.id }, people: [{ id: ann.id }], facts: { title: 'Order gaskets', body: 'Before Monday' } }])
  // A job is at least once: again it says nothing more.
  await remindOf.run(host, { person: bob.id, entry: entry.id })
  await live.pong()
  expect(live.events.filter(({ type }) => type === 'waiting.changed')).toHaveLength(1)
  await bob.del(`/entries/${entry.id}/saved`)
  expect(await reminders()).toEqual([])
})

test('a reminder for another moment takes the place of the first, and the past takes none', async () => {
  const { ann, bob, team, host } = await scene()
  const entry = await post(ann, team)
  await save(bob, entry, { remind_at: soon(3_600_000) })
  await save(bob, entry, { remind_at: soon(7_200_000) })
  const { rows } = await host.pool.query(`select run_at from graphile_worker.jobs where key = $1`, [`remind ${bob.id} ${entry.id}`])
  expect(rows.map(({ run_at }: Json) => Math.round((Date.parse(run_at) - Date.now()) / 3_600_000))).toEqual([2])
  for (const wrong of [soon(-3_600_000), soon(6 * 366 * 86_400_000)]) expect(await save(bob, entry, { remind_at: wrong })).toMatchObject({ code: 'not_in_future' })
  expect(await save(bob, entry, { remind_at: 'soon' })).toMatchObject({ code: 'invalid' })
})

test('what is taken away altogether in the moment that somebody saves it is refused as gone, and is no fault of the server', async () => {
  const { ann, bob, team, host } = await scene()
  const entry = await post(ann, team)
  const other = await host.pool.connect()
  try {
    await other.query('begin')
    await other.query('delete from entries where id = $1', [entry.id])
    const saving = save(bob, entry)
    // It waits for the other transaction: whether what it names stays is not known yet.
    await expect.poll(() => countWaiting(host.pool), { timeout: 30_000 }).toBeGreaterThan(0)
    await other.query('commit')
    expect(await saving).toMatchObject({ status: 409, code: 'gone_meanwhile' })
  } finally {
    other.release()
  }
})
