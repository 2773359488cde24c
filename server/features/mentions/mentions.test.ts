import { expect, test } from 'vitest'
import { type Json, scene } from '../../scene.ts'

const handles = (items: Json[]) => items.map((item) => item.handle)

test('suggestions are people who can read the space, its members first', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  const n = ann.handle.slice(3)
  const suggest = async (space: Json, q: string) => handles((await ann.get(`/mention-suggestions?space=${space.id}&q=${q}`)).items)
  expect(await suggest(team, 'bo')).toContain(bob.handle)
  expect(await suggest(team, `eve${n}`)).toEqual([eve.handle])
  expect(await suggest(team, gina.handle)).toEqual([])
  const everyone = await suggest(team, n)
  expect(everyone.indexOf(bob.handle)).toBeLessThan(everyone.indexOf(eve.handle))
  expect(everyone).not.toContain(ann.handle)
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  expect(await suggest(closed, n)).toEqual([])
  await ann.put(`/spaces/${closed.id}/members/${gina.id}`, {})
  expect(await suggest(closed, n)).toEqual([gina.handle])
  expect(await bob.get(`/mention-suggestions?space=${closed.id}&q=`)).toMatchObject({ status: 404 })
})

test('signs that mean something to a search are taken as they are', async () => {
  const { ann, team } = await scene()
  for (const q of ['%', '_', '\\', "'", '%25', '*', ')'])
    expect((await ann.get(`/mention-suggestions?space=${team.id}&q=${encodeURIComponent(q)}`)).items).toEqual([])
})

test('a mention leads to a person as they are called now; words that only look like one stay words', async () => {
  const { ann, bob, eve, team } = await scene()
  const body = `@${bob.handle}, ask @${eve.handle.toUpperCase()}. Not \`@${ann.handle}\`, not mail@${ann.handle}, not @nobody-here`
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body })
  expect(entry.mentions.map((one: Json) => one.id).toSorted()).toEqual([bob.id, eve.id].toSorted())
  await bob.patch('/me', { name: 'Robert' })
  expect((await ann.get(`/entries/${entry.id}`)).mentions.find((one: Json) => one.id === bob.id)).toEqual({ id: bob.id, handle: bob.handle, name: 'Robert' })
  expect((await ann.patch(`/entries/${entry.id}`, { body: `only @${eve.handle}` })).mentions).toEqual([{ id: eve.id, handle: eve.handle, name: 'Eve' }])
})

test('people are mentioned in every script, with and without a space before it, and by full-width signs', async () => {
  const { ann, bob, eve, team } = await scene()
  const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  for (const body of [`助かりました@${bob.handle}さん`, `请@${bob.handle}确认`, `감사합니다@${bob.handle}님`, `ל@${bob.handle}`, `شكرا و@${bob.handle}`, `ขอบคุณนี่@${bob.handle}ครับ`, `धन्यवाद@${bob.handle}`,
    `спасибо,@${bob.handle}`, `（@${bob.handle}）`, `＠${bob.handle}`, wide(`@${bob.handle}`), `**@${bob.handle}。**次`])
    expect([body, (await ann.post(`/spaces/${team.id}/entries`, { body })).mentions.map((one: Json) => one.id)]).toEqual([body, [bob.id]])
  for (const body of [`x@${bob.handle}`, `é@${bob.handle}`, `1@${bob.handle}`, `a/@${bob.handle}`, `@${bob.handle}é`, `\`＠${bob.handle}\``, `https://x.example/＠${bob.handle}`])
    expect([body, (await eve.post(`/spaces/${team.id}/entries`, { body })).mentions]).toEqual([body, []])
})

test('who is mentioned no longer is called no longer; who is mentioned by an edit is called then', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  const [his, hers] = [await bob.live(), await eve.live()]
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body: `Could you look, @${bob.handle}?` })
  await his.until((event) => event.type === 'notification.created' && event.data.entry === entry.id)
  expect((await bob.get('/unread')).inbox).toBe(1)
  await ann.patch(`/entries/${entry.id}`, { body: `Could you look, @${eve.handle}?` })
  await hers.until((event) => event.type === 'notification.created' && event.data.entry === entry.id)
  await his.until((event) => event.type === 'notification.withdrawn' && event.data.inbox === 0)
  expect([(await bob.get('/unread')).inbox, (await bob.get('/inbox')).items]).toEqual([0, []])
  expect((await eve.get('/inbox')).items).toMatchObject([{ root: { id: entry.id }, reasons: ['mention'], unread: 1 }])
  // The same words again, and an edit of something else in them, call nobody twice.
  await ann.patch(`/entries/${entry.id}`, { body: `Could you look today, @${eve.handle}?` })
  await settled()
  expect((await eve.get('/unread')).inbox).toBe(1)
})

test('a guest reads the name of whom is in the space, and of others the word that was written', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  await ann.put(`/spaces/${team.id}/members/${gina.id}`, {})
  const [guest, member] = [await gina.live(), await bob.live()]
  const body = `@${bob.handle} and @${eve.handle}`
  const entry = await ann.post(`/spaces/${team.id}/entries`, { body })
  const isIt = (event: Json) => event.type === 'entry.published' && event.entry_id === entry.id
  const named = (found: Json) => found.mentions.map((one: Json) => one.id).toSorted()
  const both = [bob.id, eve.id].toSorted()
  for (const [person, live, seen] of [[gina, guest, [bob.id]], [bob, member, both]] as const) {
    const heard = await live.until(isIt)
    expect(named(heard.entry)).toEqual(seen)
    expect(named((await person.get(`/events?after=${heard.seq - 1}`)).items.find(isIt).entry)).toEqual(seen)
    expect(named(await person.get(`/entries/${entry.id}`))).toEqual(seen)
    expect(named((await person.get(`/entries/${entry.id}/thread`)).root)).toEqual(seen)
    expect((await person.get(`/entries/${entry.id}`)).body).toBe(body)
  }
  expect(await gina.get(`/people/${eve.id}`)).toMatchObject({ status: 404 })
  await ann.put(`/spaces/${team.id}/members/${eve.id}`, {})
  expect(named(await gina.get(`/entries/${entry.id}`))).toEqual(both)
})

test('a guest is told who did something where that is somebody in the space, or who speaks there', async () => {
  const { olga, ann, bob, eve, gina, team } = await scene()
  await ann.put(`/spaces/${team.id}/members/${gina.id}`, {})
  const [guest, member] = [await gina.live(), await bob.live()]
  const said = await eve.post(`/spaces/${team.id}/entries`, { body: 'From outside' })
  const removed = await bob.post(`/spaces/${team.id}/entries`, { body: 'Not for here' })
  await olga.del(`/entries/${removed.id}`)
  const of = (type: string, id: string) => (event: Json) => event.type === type && event.entry_id === id
  for (const [live, remover] of [[guest, null], [member, olga.id]] as const) {
    expect((await live.until(of('entry.published', said.id))).actor).toBe(eve.id)
    expect((await live.until(of('entry.published', removed.id))).actor).toBe(bob.id)
    expect((await live.until(of('entry.removed', removed.id))).actor).toBe(remover)
  }
})

test('a guest mentions only whom they may know of', async () => {
  const { ann, eve, gina } = await scene()
  const closed = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${closed.id}/members/${gina.id}`, {})
  const entry = await gina.post(`/spaces/${closed.id}/entries`, { body: `@${ann.handle} and @${eve.handle}` })
  expect(entry.mentions.map((one: Json) => one.id)).toEqual([ann.id])
})
