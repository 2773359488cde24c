import { describe, expect, test } from 'vitest'
import type { Entry, FeedEntry, LiveEvent, PersonCard } from '../../kernel/types.ts'
import '../../features/reactions/apply.ts'
import { applyEvent } from './apply-event.ts'

const person = (id: string): PersonCard => ({ id, name: id, handle: id, title: '', photo: null, kind: 'person', role: 'member', state: 'active' })
const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id, space: 's', kind: more.root ? 'message' : 'update', root: null, parent: null, author: 'ann', by: person('ann'), title: '', body: id, state: 'published',
  created_at: '', edited_at: null, reply_count: 0, active_at: '', active_id: id, reactions: [], mentions: [], files: [], previews: [], repliers: [], imported: null, stance: null, resolved: null, saved: false, pinned: null, corrected: null, ...more,
})
const audience = { scope: 'space' as const, count: 3, not_joined: 0, names: [], network: 'n' }
const card = { id: 's', name: 'S', kind: 'community' as const, visibility: 'closed' as const, audience }
const feed = (id: string, more: Partial<FeedEntry> = {}): FeedEntry => ({ ...entry(id), space_card: card, unread: 0, ...more })
const pages = <T>(items: T[], next: string | null = null) => ({ pages: [{ items, next }], pageParams: [null] })
const threadOf = (root: Entry) => ({ id: root.id, reply_count: root.reply_count, active_id: root.active_id, active_at: '', repliers: root.repliers })

let seq = 0
const event = (type: LiveEvent['type'], more: Partial<LiveEvent> = {}): LiveEvent =>
  ({ seq: ++seq, type, space: 's', actor: more.entry?.author ?? 'ann', data: {}, at: '', ...more })
const reply = (id: string, root: Entry, more: Partial<Entry> = {}) => {
  const one = entry(id, { root: root.id, ...more })
  return event('entry.published', { entry: one, thread: threadOf({ ...root, reply_count: root.reply_count + 1, active_id: id, repliers: [one.by] }) })
}

function state(data: Record<string, unknown>) {
  const kept = new Map<string, unknown>(Object.entries(data))
  const stale: string[] = []
  const cache = {
    all: () => [...kept].map(([key, value]) => [key.split('/'), value] as const),
    set: (key: readonly unknown[], value: unknown) => void kept.set(key.join('/'), value),
    stale: (key: readonly unknown[]) => void stale.push(key.join('/')),
    watches: () => true,
  }
  const apply = (...events: LiveEvent[]) => events.forEach((one) => applyEvent(cache, one, 'me'))
  const items = (key: string) => {
    const value = kept.get(key) as { items?: Entry[]; pages: { items: FeedEntry[] }[] }
    return (value.items ?? value.pages.flatMap((page) => page.items)) as FeedEntry[]
  }
  return { apply, stale, items, get: <T>(key: string) => kept.get(key) as T }
}

const mine = [{ ...card, my: { role: 'member' } }]
const ids = (items: Entry[]) => items.map(({ id }) => id)

test('what an import brought or changed in a space is fetched again, and nothing else', () => {
  const s = state({
    'entries/s/threads': pages([]), 'entries/x/threads': pages([entry('1', { space: 'x' })]), 'home/latest': pages([feed('2')]),
    'thread/3': { root: entry('3'), items: [], earlier: null, later: null, read_to: null }, 'entry/4': entry('4', { space: 'x' }),
    conversations: { items: [{ id: 'x', last: entry('5', { space: 'x' }) }], next: null }, inbox: pages([{ root: entry('6'), entries: [] }]),
    unread: { spaces: {}, inbox: 0 },
  })
  s.apply(event('space.imported'))
  expect(s.stale).toEqual(['entries/s/threads', 'home/latest', 'thread/3', 'inbox'])
})

test('whoever brought an entry here is called as they are called now', () => {
  const mark = (id: string) => ({ at: '', source: 'slack', by: { id, name: id } })
  const s = state({ 'entries/s/threads': pages([entry('1', { imported: mark('bob') }), entry('2', { imported: mark('eve') }), entry('3')]) })
  s.apply(event('person.changed', { space: null, person: { ...person('bob'), name: 'Robert' } }))
  expect(s.items('entries/s/threads').map(({ imported }) => imported?.by)).toEqual([{ id: 'bob', name: 'Robert' }, { id: 'eve', name: 'eve' }, undefined])
})

describe('home', () => {
  test('shows a new thread on top, unread, once', () => {
    const s = state({ 'home/latest': pages([feed('1')]), 'spaces/mine': mine, unread: { spaces: {}, inbox: 0 } })
    const published = event('entry.published', { entry: entry('2') })
    s.apply(published)
    expect(ids(s.items('home/latest'))).toEqual(['2', '1'])
    expect(s.items('home/latest')[0].unread).toBe(1)
    expect(s.get('unread')).toEqual({ spaces: { s: 1 }, inbox: 0 })
  })

  test('leaves out spaces that are readable but not followed', () => {
    const s = state({ 'home/latest': pages([feed('1')]), 'spaces/mine': [], unread: { spaces: {}, inbox: 0 } })
    s.apply(event('entry.published', { entry: entry('2') }))
    expect(ids(s.items('home/latest'))).toEqual(['1'])
    expect(s.get('unread')).toEqual({ spaces: {}, inbox: 0 })
  })

  test('moves an answered thread to the top and counts the answers of others', () => {
    const root = feed('1')
    const s = state({ 'home/latest': pages([feed('2'), root]), 'spaces/mine': mine })
    s.apply(reply('3', root), reply('4', { ...root, reply_count: 1 }, { author: 'me' }))
    const [top] = s.items('home/latest')
    expect(top).toMatchObject({ id: '1', reply_count: 2, active_id: '4', unread: 1 })
  })

  test('counts each answer once although the facts of a thread run ahead', () => {
    const root = feed('1')
    const s = state({ 'home/latest': pages([root]), 'spaces/mine': mine })
    const ahead = threadOf({ ...root, reply_count: 2, active_id: '4' })
    s.apply({ ...reply('3', root), thread: ahead }, { ...reply('4', root), thread: ahead })
    expect(s.items('home/latest')[0]).toMatchObject({ reply_count: 2, unread: 2 })
  })

  test('does not count what the fetched answer counted already', () => {
    const root = feed('1', { reply_count: 1, active_id: '3', unread: 1 })
    const s = state({ 'home/latest': pages([root]), 'spaces/mine': mine })
    s.apply({ ...reply('3', root), thread: threadOf(root) })
    expect(s.items('home/latest')[0].unread).toBe(1)
  })

  test('asks again for a thread that was not fetched', () => {
    const s = state({ 'home/latest': pages([feed('5')], '5'), 'spaces/mine': mine })
    s.apply(reply('6', entry('1')))
    expect(s.stale).toEqual(['home/latest'])
  })

  test('takes away what was removed, unless others answered it', () => {
    const s = state({ 'home/latest': pages([feed('2', { reply_count: 1 }), feed('1')]), 'spaces/mine': mine })
    s.apply(event('entry.removed', { entry: entry('1', { state: 'removed', body: '' }) }))
    s.apply(event('entry.removed', { entry: entry('2', { state: 'removed', body: '', reply_count: 1 }) }))
    expect(s.items('home/latest').map(({ id, state: is }) => [id, is])).toEqual([['2', 'removed']])
  })

  test('is read where it was read elsewhere', () => {
    const s = state({ 'home/latest': pages([feed('2', { unread: 1 }), feed('1', { unread: 1 })]), unread: { spaces: { s: 2 }, inbox: 1 } })
    s.apply(event('read.marked', { data: { space: 's', root: '1', read_to: '1', unread: 1, inbox: 0 } }))
    expect(s.items('home/latest').map(({ unread }) => unread)).toEqual([1, 0])
    expect(s.get('unread')).toEqual({ spaces: { s: 1 }, inbox: 0 })
    s.apply(event('read.marked', { data: { space: 's', root: null, read_to: '2', unread: 0, inbox: 0 } }))
    expect(s.items('home/latest').map(({ unread }) => unread)).toEqual([0, 0])
  })
})

describe('reactions', () => {
  const reacted = (type: LiveEvent['type'], actor: string, count: number) =>
    event(type, { actor, data: { emoji: '👍' }, entry: entry('1', { reactions: count ? [{ emoji: '👍', count }] : [] }) })

  test('are mine when it was me', () => {
    const s = state({ 'home/latest': pages([feed('1')]) })
    s.apply(reacted('reaction.added', 'ann', 1))
    expect(s.items('home/latest')[0].reactions).toEqual([{ emoji: '👍', count: 1, mine: false }])
    s.apply(reacted('reaction.added', 'me', 2))
    expect(s.items('home/latest')[0].reactions).toEqual([{ emoji: '👍', count: 2, mine: true }])
    s.apply(reacted('reaction.removed', 'ann', 1))
    expect(s.items('home/latest')[0].reactions).toEqual([{ emoji: '👍', count: 1, mine: true }])
    s.apply(reacted('reaction.removed', 'me', 0))
    expect(s.items('home/latest')[0].reactions).toEqual([])
  })

  test('stay mine through an edit', () => {
    const s = state({ 'entry/1': entry('1', { reactions: [{ emoji: '👍', count: 1, mine: true }] }) })
    s.apply(event('entry.edited', { entry: entry('1', { body: 'new', reactions: [{ emoji: '👍', count: 1 }] }) }))
    expect(s.get('entry/1')).toMatchObject({ body: 'new', reactions: [{ emoji: '👍', count: 1, mine: true }] })
  })
})

describe('a thread', () => {
  const thread = (more: object = {}) => ({ root: entry('1'), items: [entry('2', { root: '1' })], earlier: null, later: null, read_to: null, ...more })

  test('grows at its end, each reply once, in order', () => {
    const s = state({ 'thread/1': thread() })
    const three = reply('3', entry('1'))
    s.apply(reply('4', entry('1')), three, three)
    expect(ids(s.items('thread/1'))).toEqual(['2', '3', '4'])
    expect(s.get<{ root: Entry }>('thread/1').root.reply_count).toBe(1)
  })

  test('leaves to be fetched what lies beyond the fetched part', () => {
    const s = state({ 'thread/1': thread({ later: '2' }) })
    s.apply(reply('4', entry('1')))
    expect(ids(s.items('thread/1'))).toEqual(['2'])
  })

  test('loses a removed reply and gets it back', () => {
    const s = state({ 'thread/1': thread() })
    s.apply(event('entry.removed', { entry: entry('2', { root: '1', state: 'removed' }), thread: threadOf(entry('1')) }))
    expect(s.items('thread/1')).toEqual([])
    s.apply(event('entry.restored', { entry: entry('2', { root: '1' }), thread: threadOf(entry('1', { reply_count: 1 })) }))
    expect(ids(s.items('thread/1'))).toEqual(['2'])
  })
})

test('a conversation moves up with its newest line', () => {
  const conversation = (id: string, last: Entry | null) => ({ id, last })
  const s = state({ conversations: { items: [conversation('t', null), conversation('s', entry('1'))], next: null }, unread: { spaces: {}, inbox: 0 }, 'entries/s/flat': { items: [], earlier: null, later: null } })
  s.apply(event('entry.published', { entry: entry('2', { kind: 'message' }) }))
  expect(ids(s.items('conversations'))).toEqual(['s', 't'])
  expect(ids(s.items('entries/s/flat'))).toEqual(['2'])
  expect(s.get('unread')).toEqual({ spaces: { s: 1 }, inbox: 0 })
})

test('a person who changed has the new name everywhere', () => {
  const s = state({ 'home/latest': pages([feed('1', { repliers: [person('bob')] })]) })
  s.apply(event('person.changed', { space: null, person: { ...person('bob'), name: 'Robert' } }))
  expect(s.items('home/latest')[0].repliers[0].name).toBe('Robert')
})
