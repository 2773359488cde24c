import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { declare, demandOwnNames } from '../../kernel/declared.ts'
import { type Ctx, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { idAt } from '../../kernel/ids.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { enterSpace } from '../spaces/enter.ts'
import { defineWaiting } from '../waiting/kinds.ts'
import { defineEntryPart } from './parts.ts'
import { defineKind, findKind } from './kinds.ts'
import { type NewEntry, putEntries, rewriteEntries } from './put.ts'
import { defineReason } from './reasons.ts'

const DAY = 86_400_000
const then = Date.UTC(2020, 4, 4, 9)

/** Entries as an importer makes them. */
async function archive() {
  const all = await scene()
  const space = { id: all.team.id, kind: 'community' as const, visibility: 'open' as const }
  const entry = (by: Client, at: number, body: string, more: Partial<NewEntry> = {}): NewEntry => ({
    id: idAt(then + at), space, kind: findKind(more.root ? 'message' : 'update')!, root: null, parent: more.root ?? null, title: '', body,
    writer: { id: by.id, role: 'member', session: null }, created_at: new Date(then + at).toISOString(), ...more,
  })
  const put = (rows: NewEntry[], quiet = true) => inTransaction(all.host, SYSTEM, (ctx) => putEntries(ctx, rows, { quiet }))
  const rewrite = (rows: NewEntry[]) => inTransaction(all.host, SYSTEM, (ctx) => rewriteEntries(ctx, rows, { quiet: true }))
  return { ...all, entry, put, rewrite }
}

test('entries from elsewhere come with all that belongs to them, at their own time, and nobody is told', async () => {
  const { ann, bob, eve, team, entry, put, settled } = await archive()
  const head = entry(ann, 0, `Soup for @${bob.handle} #Lunch`, {
    edited_at: new Date(then + DAY).toISOString(), before: [{ title: '', body: 'Broth', at: new Date(then).toISOString() }],
    brought: { reactions: [{ person: bob.id, emoji: '🎉', at: new Date(then + 1000).toISOString() }],
      files: [{ id: idAt(then), name: 'menu.pdf', type: 'application/pdf', size: 7, width: null, height: null, at: new Date(then).toISOString() }] },
  })
  const answers = Array.from({ length: 3 }, (_, i) => entry(bob, 1000 + i, `Answer ${i}`, { root: head.id }))
  const quietLine = entry(bob, 5000, 'joined', { kind: findKind('notice')!, more: { type: 'joined' } })
  const question = entry(bob, 6000, 'How hot?', { kind: findKind('question')!, title: 'Soup' })
  const gone = entry(bob, 7000, '', { isGone: true })
  // In any order: what answers may be named before what it answers.
  await put([...answers, quietLine, question, gone, entry(ann, 8000, 'To what is gone', { root: gone.id }), head])
  await settled()
  const shown: Json = await eve.get(`/entries/${head.id}`)
  expect(shown).toMatchObject({
    body: head.body, created_at: expect.stringContaining('2020-05-04'), edited_at: expect.stringContaining('2020-05-05'), reply_count: 3, active_id: answers[2].id,
    mentions: [{ id: bob.id }], reactions: [{ emoji: '🎉', count: 1 }], files: [{ name: 'menu.pdf', state: 'record', url: null }],
  })
  expect((await eve.get(`/entries/${head.id}/versions`)).items).toMatchObject([{ body: 'Broth', editor: ann.id }])
  expect((await eve.get(`/entries/${head.id}/thread`)).items?.map((one: Json) => one.body) ?? []).toEqual(answers.map(({ body }) => body))
  expect(await eve.get(`/entries/${quietLine.id}`)).toMatchObject({ notice: 'joined' })
  expect(await eve.get(`/entries/${question.id}`)).toMatchObject({ kind: 'question', title: 'Soup', question: { accepted: null } })
  expect(await eve.get(`/entries/${gone.id}`)).toMatchObject({ state: 'removed', body: '', reply_count: 1 })
  expect((await eve.get('/topics/lunch/entries')).items).toMatchObject([{ id: head.id }])
  expect((await bob.get('/inbox')).items).toEqual([])
  expect((await eve.get('/events?after=0&limit=100')).items.filter((event: Json) => event.space === team.id && event.entry_id)).toEqual([])
})

// As CONTRIBUTING shows it.
type Line = { key: string; at: number; author: string; text: string; answers?: string; thanks?: string[] }

/** Brings what was said in a chat elsewhere into a space, as it was said; nobody is told. */
async function bring(ctx: Ctx, spaceId: string, lines: Line[]): Promise<void> {
  const space = await enterSpace(ctx, spaceId)
  const ids = new Map(lines.map(({ key, at }) => [key, idAt(at, hash('sha256', `chat:${spaceId}:${key}`, 'buffer'))]))
  await putEntries(ctx, lines.map(({ key, at, author, text, answers, thanks = [] }) => {
    const root = answers ? ids.get(answers)! : null
    const moment = new Date(at).toISOString()
    return {
      id: ids.get(key)!, space, kind: findKind(root ? 'message' : 'update')!, root, parent: root, title: '', body: text, created_at: moment,
      writer: { id: author, role: 'member', session: null }, brought: { reactions: thanks.map((person) => ({ person, emoji: '🙏', at: moment })) },
    }
  }), { quiet: true })
}

test('what a chat was elsewhere stands in a space as it was said', async () => {
  const { ann, bob, eve, team, host } = await scene()
  const lines = [{ key: '2', at: then + 5, author: bob.id, text: 'At noon', answers: '1' }, { key: '1', at: then, author: ann.id, text: `When is lunch, @${bob.handle}?`, thanks: [bob.id] }]
  await inTransaction(host, { id: ann.id, role: 'member', session: null }, (ctx) => bring(ctx, team.id, lines))
  const { items: [head] } = await eve.get(`/spaces/${team.id}/entries`)
  expect(head).toMatchObject({ body: `When is lunch, @${bob.handle}?`, author: ann.id, reply_count: 1, reactions: [{ emoji: '🙏', count: 1 }], mentions: [{ id: bob.id }] })
  expect((await eve.get(`/entries/${head.id}/thread`)).items).toMatchObject([{ body: 'At noon', author: bob.id }])
})

test('what is written now and not history is told: it is in the log of its readers, and whom it names finds it', async () => {
  const { ann, bob, entry, put, settled } = await archive()
  const mail = entry(ann, 0, `Dear @${bob.handle}`, { id: idAt(Date.now()), created_at: new Date().toISOString() })
  await put([mail], false)
  await settled()
  expect((await bob.get('/events?after=0&limit=100')).items).toContainEqual(expect.objectContaining({ type: 'entry.published', entry_id: mail.id, actor: ann.id }))
  await expect.poll(async () => (await bob.get('/inbox')).items.length).toBe(1)
})

test('a later archive changes what came: the words before stay in the history, and what is gone there is gone here', async () => {
  const { ann, bob, eve, entry, put, rewrite } = await archive()
  const head = entry(ann, 0, `For @${bob.handle} #supper`)
  const answer = entry(bob, 1000, 'An answer to @old-name', { root: head.id, brought: { mentions: [{ person_id: ann.id, handle: ann.handle }] } })
  const line = entry(bob, 2000, 'joined', { kind: findKind('notice')!, more: { type: 'joined' } })
  await put([head, answer, line])
  expect(await eve.get(`/entries/${answer.id}`)).toMatchObject({ mentions: [{ id: ann.id }] })
  expect((await eve.get('/topics/supper/entries')).items).toMatchObject([{ id: head.id }])
  await rewrite([{ ...head, body: 'For all #dinner', edited_at: new Date(then + DAY).toISOString() }, { ...answer, body: '', isGone: true }, { ...line, kind: findKind('update')!, body: 'joined, and said so' }])
  expect(await eve.get(`/entries/${head.id}`)).toMatchObject({ body: 'For all #dinner', mentions: [], reply_count: 0, active_id: head.id })
  expect((await eve.get(`/entries/${head.id}/versions`)).items).toMatchObject([{ body: head.body }])
  expect(await eve.get(`/entries/${answer.id}`)).toMatchObject({ code: 'not_found' })
  expect(await eve.get(`/entries/${line.id}`)).not.toHaveProperty('notice')
  expect((await eve.get('/topics/supper/entries')).items).toEqual([])
  expect((await eve.get('/topics/dinner/entries')).items).toMatchObject([{ id: head.id }])
  // What people made of it here cannot become something else.
  const question = entry(ann, 3000, '', { kind: findKind('question')!, title: 'Soup?' })
  await put([question])
  await expect(rewrite([{ ...question, kind: findKind('update')! }])).rejects.toThrow('question')
  expect(await eve.get(`/entries/${question.id}`)).toMatchObject({ kind: 'question' })
})

test('a name is declared once: the second of two does not silently take its place', () => {
  const again = () => Promise.reject(new Error())
  expect(() => defineKind({ ...findKind('update')! })).toThrow('"update"')
  expect(() => defineReason('mention', { on: [], people: (entries) => entries })).toThrow('"mention"')
  expect(() => defineWaiting('told', () => again as never)).toThrow('"told"')
  expect(() => defineEntryPart({ name: 'mentions' } as never)).toThrow('"mentions"')
  expect(() => demandOwnNames([{ name: 'index-news' }, { name: 'index-news' }], 'effects')).toThrow('"index-news"')
  expect(() => declare(new Map([['a', 1]]), 'things', 'b', 2)).not.toThrow()
})
