import { expect, test } from 'vitest'
import { findMentions } from '../../kernel/text.ts'
import { momentOf } from './calendar.ts'
import { characters, rooms } from './cast.ts'
import { buildCompany, readThreads } from './company.ts'
import { parseScript } from './script.ts'

const handles = new Map(characters.map((c) => [c.key, c.key]))
const owner = { id: '019ad000-0000-7000-8000-000000000001', handle: 'olga', name: 'Olga Novak' }
const at = (time: string) => buildCompany(Date.parse(time), handles, owner)

// Every weekday, and hours of the day at which "today" is hardly begun or nearly over.
const anchors = ['2026-01-05T00:10Z', '2026-01-06T09:59Z', '2026-01-07T10:00Z', '2026-03-12T12:00Z', '2026-05-15T23:59Z', '2026-08-08T06:00Z', '2026-11-22T15:00Z']

test('a script says who says what, when and to whom', () => {
  const [{ place, lines }] = parseScript('space: cell\n\n== -2 09:00 ann: Title: one\nBody\n\nmore\n+5m bob>ann: Yes\n:: 🎉 ann eve\n:: edit +2m No => Yes\n+1d2h ?eve: for you')
  expect(place).toEqual({ space: 'cell' })
  expect(lines).toMatchObject([
    { author: 'ann', at: '-2 09:00', title: 'Title: one', body: 'Body\n\nmore', forOwner: false },
    { author: 'bob', after: '5m', body: 'Yes', answers: 'ann', reactions: [{ emoji: '🎉', people: ['ann', 'eve'] }], edit: { after: '2m', from: 'No', to: 'Yes', isCorrection: false } },
    { author: 'eve', after: '1d2h', forOwner: true },
  ])
  expect(() => parseScript('space: a\n== -2 9:00 ann: x', 'a.md')).toThrow('a.md:2')
})

test('times are working days before the anchor', () => {
  const monday = Date.parse('2026-01-05T12:00Z')
  const iso = (text: string) => new Date(momentOf(text, monday)).toISOString().slice(0, 16)
  expect(iso('-1 23:50')).toBe('2026-01-02T23:50')
  expect(iso('-6 08:00')).toBe('2025-12-26T08:00')
  expect(iso('sun-2 17:30')).toBe('2025-12-28T17:30')
  expect(iso('now-2h10m')).toBe('2026-01-05T09:50')
})

test('the company is as large as it says', () => {
  const { people, spaces, entries } = at(anchors[3])
  const roots = entries.filter((e) => e.kind === 'update')
  const replies = entries.filter((e) => e.root)
  expect(people).toHaveLength(60)
  expect(people.filter((p) => p.role === 'guest')).toHaveLength(3)
  expect(spaces.filter((s) => s.kind === 'community')).toHaveLength(15)
  expect(spaces.filter((s) => s.kind === 'direct').length).toBeGreaterThanOrEqual(12)
  expect(roots.length).toBeGreaterThanOrEqual(220)
  expect(replies.length).toBeGreaterThanOrEqual(900)
})

test('the same anchor gives the same company, ids included', () => {
  expect(at(anchors[1])).toEqual(at(anchors[1]))
})

test.each(anchors)('at %s nothing lies in the future, and every thread is in order', (anchor) => {
  const { people, entries } = at(anchor)
  const joined = new Map(people.map((p) => [p.id, p.ms]))
  const known = new Map(entries.map((e) => [e.id, e]))
  for (const entry of entries) {
    const where = `${entry.space.name}: ${entry.title || entry.body}`
    expect(entry.ms, where).toBeLessThan(Date.parse(anchor))
    expect(entry.edited?.ms ?? 0, where).toBeLessThan(Date.parse(anchor))
    expect(entry.ms, where).toBeGreaterThan(entry.space.ms - 1)
    expect(entry.ms, where).toBeGreaterThan(joined.get(entry.author) ?? 0)
    if (entry.parent) expect(entry.ms, where).toBeGreaterThan(known.get(entry.parent)!.ms)
  }
  expect(new Set(entries.map((e) => e.id)).size).toBe(entries.length)
})

test('who writes in a closed space is in it, and who is mentioned exists and may read it', () => {
  const byHandle = new Map(at(anchors[3]).people.map((p) => [p.handle, p]))
  const { people, entries } = at(anchors[3])
  const names = new Map(people.map((p) => [p.id, p]))
  for (const { space, author, body, title } of entries) {
    const where = `${space.name}: ${title || body}`
    if (space.visibility !== 'open') expect(space.people, `${names.get(author)!.key} in ${where}`).toContain(author)
    for (const handle of findMentions(body)) {
      if (handle === owner.handle) continue
      expect(byHandle.has(handle), `@${handle} in ${where}`).toBe(true)
      const person = byHandle.get(handle)!
      if (space.visibility !== 'open' || person.role === 'guest') expect(space.people, `@${handle} in ${where}`).toContain(person.id)
    }
  }
})

test('what the script decorates is there: people who react may read, edits change something, nothing is left unfilled', () => {
  const { people, entries } = at(anchors[3])
  const names = new Map(people.map((p) => [p.id, p]))
  for (const { space, title, body, reactions, edited, author } of entries) {
    const where = `${space.name}: ${title || body}`
    for (const { person } of reactions) {
      expect(person, `own reaction in ${where}`).not.toBe(author)
      if (space.visibility !== 'open' || names.get(person)!.role === 'guest') expect(space.people, `${names.get(person)!.key} reacts in ${where}`).toContain(person)
    }
    if (edited) expect(edited.body, where).not.toBe(body)
    expect(`${title} ${body}`, where).not.toMatch(/\{[^}]*[+-]\d+\}|\{owner/)
    expect(title || body, where).not.toBe('')
    expect(title.length).toBeLessThanOrEqual(200)
  }
})

test('everybody takes part: all write, in more than one thread, and every room has its hosts', () => {
  const { people, entries } = at(anchors[3])
  for (const person of people.filter((p) => p.kind === 'person'))
    expect(new Set(entries.filter((e) => e.author === person.id).map((e) => e.root ?? e.id)).size, person.key).toBeGreaterThanOrEqual(3)
  for (const room of rooms) expect(new Set(room.everyone).size, room.key).toBe(room.everyone.length)
})

test('nothing is said twice', () => {
  const bodies = readThreads().flatMap((t) => t.lines.map((l) => l.body)).filter((body) => body.length > 40)
  expect(bodies.filter((body, i) => bodies.indexOf(body) !== i)).toEqual([])
})
