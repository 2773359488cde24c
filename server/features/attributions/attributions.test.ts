import { expect, test } from 'vitest'
import { channel, type Files, makeZip, said, user } from '../../../test/slack-archives.ts'
import { base, contents, entriesOf, finished, host, people, send, spaceOf, type Workspace, workspace } from '../../../test/slack-scene.ts'
import { checkNumbers } from '../../core/check.ts'
import { type Client, type Json, lettersTo, makeClient, scene, sceneWith } from '../../scene.ts'
import { importSlack } from '../slack-import/commands.ts'
import { migrations } from '../slack-import/schema.ts'

const as = (w: Workspace, n: number, person: Client) =>
  user(w.u(n), w.handle(`x${n}`), { profile: { real_name: `X${n}`, email: `${person.handle}@x.example` } })
const lossesOf = (job: Json): Json => Object.fromEntries(job.report.losses.map((loss: Json) => [loss.code, loss]))

/** The usual room, and words in it that are said to be Ann's; Ann takes part here. */
const inHerName = (w: Workspace, ann: Client): Files => ({
  ...base(w),
  'users.json': [...people(w), as(w, 3, ann)],
  'channels.json': [channel(w.c(1), w.room, [w.u(1), w.u(2), w.u(3)])],
  [`${w.room}/2023-11-15.json`]: [
    said('1700050000.000100', w.u(3), `I resign ${w.room}`, { files: [{ id: 'F1', name: 'letter.txt' }] }),
    said('1700050001.000100', w.u(2), 'Oh', { thread_ts: '1700050000.000100', reactions: [{ name: 'tada', users: [w.u(3), w.u(1)] }] }),
    said('1700050002.000100', w.u(3), 'Really', { thread_ts: '1700050000.000100' }),
  ],
})

async function brought() {
  const all = await scene()
  const w = workspace()
  const files = inHerName(w, all.ann)
  const live = await all.ann.live()
  const job = await finished(all.olga, (await send(files, all.olga, '?confirm_addresses=true')).id)
  const space = await spaceOf(all.eve, w.room)
  const entries = async (): Promise<Json[]> => (await entriesOf(all.eve, space.id)).slice(3)
  return { ...all, w, files, job, live, space, entries }
}

test('words under the address of somebody who takes part here do not stand under their name, and they are asked', async () => {
  const { olga, ann, bob, eve, team, w, job, live, space, entries } = await brought()
  const asked = await live.until((e) => e.type === 'attribution.asked')
  live.close()
  expect(asked.data).toEqual({ import: job.id })
  expect(lossesOf(job).attributed).toMatchObject({ count: 1, examples: [`@${ann.handle}`] })

  const [head, reply, last] = await entries()
  const by = { name: 'Ann (import)', handle: `${ann.handle}.import`, state: 'deactivated' }
  expect(head).toMatchObject({ body: `I resign ${w.room}`, created_at: '2023-11-15T12:06:40Z', by, reply_count: 2 })
  expect(last).toMatchObject({ body: 'Really', by })
  expect(head.author).not.toBe(ann.id)
  expect(await ann.get(`/entries/${reply.id}`)).toMatchObject({ reactions: [{ emoji: '🎉', count: 2, mine: false }] })
  expect((await ann.get(`/entries/${reply.id}/reactions`)).items.map(({ person }: Json) => person.handle).sort()).toEqual([w.handle('ann'), by.handle].sort())
  expect(await ann.patch(`/entries/${head.id}`, { body: 'No' })).toMatchObject({ status: 403, code: 'authors_only' })

  // Only Ann is asked, and nobody else answers for her.
  const [mine] = (await ann.get('/attributions')).items
  expect(mine).toMatchObject({ id: job.id, state: 'waiting', stand_in: by, entries: 2, reactions: 1, imported: { source: 'slack', by: { id: olga.id } } })
  for (const person of [olga, bob, eve]) {
    expect((await person.get('/attributions')).items).toEqual([])
    for (const verb of ['confirm', 'refuse']) expect(await person.post(`/attributions/${job.id}/${verb}`)).toMatchObject({ status: 404 })
  }

  // A stand-in is nobody: not to be mentioned, talked with, let in, or let take part.
  const { id } = head.by
  expect(await bob.post(`/spaces/${team.id}/entries`, { body: `@${by.handle} @${ann.handle}` })).toMatchObject({ mentions: [{ id: ann.id }] })
  expect((await bob.get(`/mention-suggestions?space=${space.id}&q=import`)).items).toEqual([])
  expect((await eve.get('/people?q=(import)')).items).toEqual([])
  expect(await olga.patch(`/people/${id}`, { state: 'active' })).toMatchObject({ status: 422, code: 'stand_in' })
  expect(await olga.post('/conversations', { people: [id] })).toMatchObject({ status: 404 })
})

test('what somebody confirms stands under their name, as it was, and shows for ever that it was imported', async () => {
  const { ann, eve, w, files, job, live, space, entries, settled } = await brought()
  live.close()
  const before = await entries()
  const watching = await eve.live()
  await watching.watch(space.id)
  expect(await ann.post(`/attributions/${job.id}/confirm`)).toMatchObject({ state: 'confirmed', entries: 0, reactions: 0 })
  await watching.until((e) => e.type === 'space.imported' && e.space === space.id)
  watching.close()
  const after = await entries()
  const same = ({ id, body, created_at, reply_count, active_id, imported, files: attached }: Json) =>
    ({ id, body, created_at, reply_count, active_id, imported, attached })
  expect(after.map(same)).toEqual(before.map(same))
  expect(after.map(({ author }) => author === ann.id)).toEqual([true, false, true])
  expect(after[0]).toMatchObject({ by: { id: ann.id, name: 'Ann' }, repliers: expect.arrayContaining([expect.objectContaining({ id: ann.id })]) })
  expect(await ann.get(`/entries/${after[1].id}`)).toMatchObject({ reactions: [{ emoji: '🎉', count: 2, mine: true }] })
  expect(await ann.patch(`/files/${after[0].files[0].id}`, { alt: 'My letter' })).toMatchObject({ alt: 'My letter' })
  await settled()
  const found = (await eve.get(`/search?q=${encodeURIComponent(`resign from:@${ann.handle}`)}`)).items
  expect(found).toMatchObject([{ id: after[0].id, imported: { source: 'slack', by: { name: 'Olga' } } }])
  expect(await ann.patch(`/entries/${after[2].id}`, { body: 'Not really' })).toMatchObject({ imported: before[2].imported })
  expect(await ann.post(`/attributions/${job.id}/confirm`)).toMatchObject({ state: 'confirmed' })
  expect(await ann.post(`/attributions/${job.id}/refuse`)).toMatchObject({ status: 409, code: 'already_confirmed' })
  expect((await checkNumbers((await host()).db, false)).every(({ wrong }) => wrong === 0)).toBe(true)

  // Again it changes nothing, and asks nothing.
  const content = await contents()
  const again = await importSlack(await host(), await makeZip(files))
  expect(again.written).toMatchObject({ people: 0, added: 0, changed: 0, reactions: 0, files: 0, unchanged: 6 })
  expect(await contents()).toEqual(content)
  expect((await ann.get('/attributions')).items).toHaveLength(1)
  expect(await spaceOf(ann, w.room)).toMatchObject({ member_count: 3 })
})

test('who turns to whom follows the name under which words stand', async () => {
  const { ann, job, live, settled, host: { db } } = await brought()
  live.close()
  await settled()
  const ties = async () => (await db.selectFrom('ties').where('from_id', '=', ann.id).select('kind').distinct().orderBy('kind').execute()).map(({ kind }) => kind)
  expect(await ties()).toEqual([])
  await ann.post(`/attributions/${job.id}/confirm`)
  await expect.poll(ties, { timeout: 20_000 }).toEqual(['reaction', 'thread'])
})

test('what somebody refuses stays with the stand-in, whatever comes again; they may change their mind', async () => {
  const { ann, files, job, live, entries, olga } = await brought()
  live.close()
  expect(await ann.post(`/attributions/${job.id}/refuse`)).toMatchObject({ state: 'refused', entries: 2 })
  await finished(olga, (await send(files, olga, '?confirm_addresses=true')).id)
  expect((await entries()).map(({ by }) => by.name)).toEqual(['Ann (import)', expect.not.stringContaining('(import)'), 'Ann (import)'])
  expect((await ann.get('/attributions')).items).toMatchObject([{ id: job.id, state: 'refused' }])
  await ann.post(`/attributions/${job.id}/confirm`)
  expect((await entries())[0].author).toBe(ann.id)
})

test('words that one may not read are not asked about, and not confirmed unseen', async () => {
  const { olga, ann, bob } = await scene()
  const w = workspace()
  const files = inHerName(w, ann)
  const secret: Files = {
    ...files,
    'users.json': [...(files['users.json'] as Json[]), as(w, 4, bob)],
    'groups.json': [channel(w.c(2), `${w.room}-board`, [w.u(4), w.u(1)])],
    [`${w.room}-board/2023-11-15.json`]: [said('1700060000.000100', w.u(3), `worse ${w.room}`)],
  }
  const job = await finished(olga, (await send(secret, olga, '?confirm_addresses=true')).id)
  expect((await ann.get('/attributions')).items).toMatchObject([{ entries: 2 }])
  await ann.post(`/attributions/${job.id}/confirm`)
  const board = (await bob.get('/spaces?mine=true')).items.find((one: Json) => one.name === `${w.room}-board`)
  expect((await entriesOf(bob, board.id)).map(({ by }) => by.name)).toEqual(['Ann (import)'])
  await bob.put(`/spaces/${board.id}/members/${ann.id}`)
  expect((await ann.get('/attributions')).items).toMatchObject([{ state: 'confirmed', entries: 1 }])
  await ann.post(`/attributions/${job.id}/confirm`)
  expect((await entriesOf(bob, board.id)).map(({ author }) => author)).toEqual([ann.id])
})

test('a later archive changes no words, and takes back no reaction, of somebody who has come in since then', async () => {
  const { olga, eve, url, config } = await scene()
  const w = workspace()
  await finished(olga, (await send(base(w), olga)).id)
  const bob = await comeIn(w.handle('bob'))
  const [head, reply, joined] = base(w)[`${w.room}/2023-11-14.json`] as Json[]
  const edited = { ts: '1700000500.000000' }
  const longer: Files = {
    ...base(w),
    [`${w.room}/2023-11-14.json`]: [
      { ...head, text: 'Edited', edited, reactions: [] }, { ...reply, text: 'Forged', edited }, joined,
      said('1700000004.000100', w.u(2), 'New', { thread_ts: '1700000001.000100', files: [{ id: 'F2', name: 'new.txt' }] }),
    ],
    '__uploads/F1/a.png': 'forged too',
    '__uploads/F2/new.txt': 'new',
  }
  const job = await finished(olga, (await send(longer, olga)).id)
  expect(job).toMatchObject({ written: { added: 1, changed: 1 } })
  expect(lossesOf(job).kept_words).toMatchObject({ count: 2, examples: [] })
  const entries = await entriesOf(eve, (await spaceOf(eve, w.room)).id)
  expect(entries.map(({ body, by }) => [body, by.name])).toEqual([
    ['Edited', w.handle('ann')], ['Hello', w.handle('bob')], ['has joined the channel', w.handle('ann')], ['New', `${w.handle('bob')} (import)`],
  ])
  expect([entries[1].files[0].state, entries[3].files[0].state]).toEqual(['record', 'stored'])
  expect(entries[0].reactions).toMatchObject([{ emoji: '🎉', count: 1 }])
  expect((await bob.get('/attributions')).items).toMatchObject([{ id: job.id, entries: 1, reactions: 0 }])

  /** Takes the account of an imported person over, as people do: by the letter to their address. */
  async function comeIn(handle: string): Promise<Client> {
    const email = `${handle}@acme.example`
    await olga.post('/invitations', { email })
    const token = /\/invite\/([\w-]+)/.exec((await lettersTo(config, email))[0].text)![1]
    const answer = await fetch(`${url}/api/v1/invitations/by-token/${token}/accept`,
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password: 'correct horse' }) })
    const { person } = (await answer.json()) as Json
    return makeClient(url, { id: person.id, token: '', handle, cookie: answer.headers.get('set-cookie')!.split(';')[0] })
  }
})

test('nothing is decided while the import may bring more', async () => {
  const { ann, job, live, host: { db } } = await brought()
  live.close()
  await db.updateTable('imports').set({ state: 'running' }).where('id', '=', job.id).execute()
  expect((await ann.get('/attributions')).items).toMatchObject([{ is_complete: false }])
  expect(await ann.post(`/attributions/${job.id}/confirm`)).toMatchObject({ status: 409, code: 'import_running' })
  await db.updateTable('imports').set({ state: 'done' }).where('id', '=', job.id).execute()
  expect(await ann.post(`/attributions/${job.id}/confirm`)).toMatchObject({ state: 'confirmed' })
})

test('an interrupted import goes on with the stand-ins it has', async () => {
  const { ann } = await scene()
  const w = workspace()
  const many = Array.from({ length: 700 }, (_, i) => said(`${1700060000 + i}.000100`, w.u(3), `line ${i}`))
  const path = await makeZip({ ...inHerName(w, ann), [`${w.room}/2023-11-16.json`]: many })
  let asked = 0
  await expect(importSlack(await host(), path, { isStopped: () => ++asked > 1 })).rejects.toThrow('run it again')
  await importSlack(await host(), path)
  expect((await ann.get('/attributions')).items).toMatchObject([{ entries: 702, imported: { by: null } }])
})

test('every way to an entry says that it was imported, and nothing written here does', async () => {
  const { olga, ann, eve, w, job, live, space, entries, settled } = await brought()
  live.close()
  await settled()
  const [head] = await entries()
  const mark = { at: job.created_at.replace(/\.\d+/, ''), source: 'slack', by: { id: olga.id, name: 'Olga' } }
  await eve.post(`/spaces/${space.id}/join`)
  const reply = await eve.post(`/entries/${head.id}/replies`, { body: 'written here' })
  expect(reply.imported).toBeNull()
  const { root, items } = await eve.get(`/entries/${head.id}/thread`)
  expect([root.imported, ...items.map(({ imported }: Json) => imported)]).toEqual([mark, mark, mark, null])
  expect((await eve.get('/home')).items.find(({ id }: Json) => id === head.id).imported).toEqual(mark)
  expect((await eve.get(`/search?q=resign ${w.room}`)).items[0].imported).toEqual(mark)
  expect((await eve.get('/topics/plans/entries')).items.find(({ space: id }: Json) => id === space.id).imported).toEqual(mark)
  // Live events carry it too.
  const watching = await ann.live()
  await eve.put(`/entries/${head.id}/reactions/${encodeURIComponent('👍')}`)
  expect((await watching.until((e) => e.type === 'reaction.added')).entry.imported).toEqual(mark)
  watching.close()
})

test('what was imported before entries were marked is marked by the step that brings the mark', async () => {
  const { ann, olga, host: own } = await sceneWith({})
  const w = workspace()
  await finished(olga, (await send(base(w), olga)).id)
  const space = await spaceOf(ann, w.room)
  const native = await ann.post(`/spaces/${space.id}/entries`, { body: 'written here' })
  const before = await entriesOf(ann, space.id)
  await own.pool.query('alter table entries drop import_id')
  await migrations['0133-imported-entries'].up(own.db)
  const after = await entriesOf(ann, space.id)
  expect(after.map(({ imported }) => imported)).toEqual(before.map(({ imported }) => imported))
  expect(after.find(({ id }) => id === native.id)!.imported).toBeNull()
  expect(after[0].imported).toMatchObject({ source: 'slack' })
})
