import { expect, test } from 'vitest'
import { inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { enqueue } from '../server/kernel/jobs.ts'
import { type Client, type Json, scene, signedIn } from '../server/scene.ts'
import { aDayLater, placesOf } from './canary.ts'
import { base, finished, send, workspace } from './slack-scene.ts'
import { said } from './slack-archives.ts'

const WORD = 'cnryxyzzy'
let serial = 0
const keyed = () => ({ 'idempotency-key': `key ${++serial}` })

const upload = (person: Client, content: string, name: string): Promise<Json> => {
  const form = new FormData()
  form.append('alt', `${WORD} in words`)
  form.append('file', new Blob([content]), name)
  return person.post('/files', form, keyed())
}

test('a day after it was removed nothing of what was written is anywhere', async () => {
  const { ann, bob, team, host, settled } = await scene()
  const file = await upload(bob, `${WORD} inside`, `${WORD}.txt`)
  const root = await bob.post(`/spaces/${team.id}/entries`, { title: `On ${WORD}`, body: `@${ann.handle} ${WORD} #${WORD}`, files: [file.id] }, keyed())
  const reply = await bob.post(`/entries/${root.id}/replies`, { body: `Also ${WORD} @${ann.handle}` }, keyed())
  const talk = await bob.post('/conversations', { people: [ann.id] }, keyed())
  const line = await bob.post(`/spaces/${talk.id}/entries`, { body: `psst ${WORD}` }, keyed())
  await bob.patch(`/entries/${root.id}`, { title: 'Harmless', body: `Not ${WORD.toUpperCase()} any more, @${ann.handle}` })
  await bob.patch(`/entries/${root.id}`, { body: `or ${WORD} again #${WORD}` })
  await ann.put(`/entries/${root.id}/reactions/${encodeURIComponent(`:${WORD}:`)}`)
  await settled()
  expect(await placesOf(host, WORD)).toEqual(expect.arrayContaining(
    ['public.entries.body', 'public.entry_versions.title', 'public.entry_search.text', 'public.topics.topic', 'public.files.name', 'public.reactions.emoji', 'a stored file']))
  // Somebody else's words stay, and with them the place of the head.
  await ann.post(`/entries/${root.id}/replies`, { body: 'Mine' })
  for (const { id } of [root, reply, line]) expect((await bob.del(`/entries/${id}`)).status).toBe(204)
  await settled()
  const waiting = await placesOf(host, WORD)
  expect(waiting).not.toContain('public.entries.body')
  expect(waiting.filter((place) => place.startsWith('public.idempotency') || place.startsWith('public.entry_search'))).toEqual([])
  await aDayLater(host)
  expect(await placesOf(host, WORD)).toEqual([])
  expect((await ann.get(`/entries/${root.id}/thread`)).items).toMatchObject([{ body: 'Mine' }])
})

test('what a later archive has removed is forgotten like what is removed here', async () => {
  const { olga, host, settled } = await scene()
  const w = workspace()
  const at = (text: string, more: object = {}) => ({ ...base(w), [`${w.room}/2023-11-15.json`]: [said('1700090001.000100', w.u(1), text, more)] })
  const bring = async (files: ReturnType<typeof at>) => finished(olga, (await send(files, olga)).id)
  expect((await bring(at(`first ${WORD}`))).state).toBe('done')
  expect((await bring(at(`then ${WORD} #${WORD}`, { edited: { user: w.u(1), ts: '1700090002.000100' } }))).written.changed).toBe(1)
  await settled()
  expect(await placesOf(host, WORD)).toEqual(expect.arrayContaining(['public.entries.body', 'public.entry_versions.body', 'public.topics.topic']))
  const tombstone = { subtype: 'tombstone', user: 'USLACKBOT', hidden: true }
  expect((await bring(at('This message was deleted.', tombstone))).written.changed).toBe(1)
  await settled()
  await aDayLater(host)
  expect(await placesOf(host, WORD)).toEqual([])
})

test('what else can be taken away leaves nothing behind either', async () => {
  const { ann, bob, olga, host, settled } = await scene()
  const me = await signedIn(ann)
  const space = await ann.post('/spaces', { name: `On ${WORD}`, purpose: `${WORD} and more` }, keyed())
  await ann.patch(`/spaces/${space.id}`, { name: 'Renamed', purpose: 'Something', audience_note: WORD })
  await ann.patch(`/spaces/${space.id}`, { audience_note: '' })
  const token = await me.post('/tokens', { name: WORD }, keyed())
  await me.del(`/tokens/${token.id}`)
  const invitation = await olga.post('/invitations', { role: 'guest' }, keyed())
  await olga.del(`/invitations/${invitation.id}`)
  await ann.patch('/me', { about: WORD, title: WORD })
  await ann.patch('/me', { about: '', title: '' })
  const person = await olga.post('/people', { name: `Dr ${WORD}`, handle: `x${WORD}` }, keyed())
  await host.db.updateTable('people').set({ name: 'Somebody', handle: `somebody${serial}` }).where('id', '=', person.id).execute()
  await host.db.updateTable('spaces').set({ name: 'Somebody' }).where('owner_id', '=', person.id).execute()
  const unused = await upload(bob, WORD, `${WORD}.txt`)
  expect(unused.id).toBeTruthy()
  await settled()
  await aDayLater(host)
  expect(await placesOf(host, WORD)).toEqual([])
})

test('the canary is found wherever it sits', async () => {
  const { host } = await scene()
  await inTransaction(host, SYSTEM, (ctx) => enqueue(ctx.db, { name: 'nobody-does-this' }, { text: WORD }))
  await host.db.insertInto('events').values({ type: 'x', space_id: null, entry_id: null, person_id: null, actor_id: null, seq: null, data: JSON.stringify({ deep: [WORD] }) }).execute()
  expect(await placesOf(host, WORD)).toEqual(expect.arrayContaining(['graphile_worker._private_jobs.payload', 'public.events.data']))
})
