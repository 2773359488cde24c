import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { expect, test } from 'vitest'
import type { Audience } from '../types.ts'
import { audienceSentence, readersSentence, spaceName } from './audience.ts'
import { timeAgo } from './TimeAgo.tsx'

const texts = (language: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../../locales', language, 'kernel.json'), 'utf8'))
const speak = async (lng: string) => i18next.createInstance().init({ lng, interpolation: { escapeValue: false }, resources: { [lng]: { kernel: texts(lng) } } })
const en = await speak('en')
const de = await speak('de')

const of = (audience: Partial<Audience>): Audience => ({ scope: 'space', count: 8, not_joined: 0, names: [], network: 'Acme', ...audience })

test('says who can read something, in words and with the number', () => {
  expect(audienceSentence(en, of({ scope: 'organisation', count: 1240 }))).toBe('Everyone at Acme, 1,240 people')
  expect(readersSentence(en, of({ scope: 'organisation', count: 411, not_joined: 343 }))).toBe('Everyone at Acme can read this, 68 people, 343 more once they join')
  expect(audienceSentence(en, of({}))).toBe('8 members')
  expect(audienceSentence(en, of({ count: 1 }))).toBe('1 member')
  expect(audienceSentence(en, of({ scope: 'few', names: ['Bob'], count: 2 }))).toBe('You and Bob')
  expect(audienceSentence(en, of({ scope: 'few', names: ['Bob', 'Cy', 'Di', 'Eve'], count: 5 }))).toBe('You, Bob, Cy and 2 others')
  expect(readersSentence(en, of({ scope: 'me' }))).toBe('Only you can read this')
  expect(readersSentence(en, of({ count: 43 }))).toBe('43 people can read this')
  expect(readersSentence(de, of({ scope: 'few', names: ['Bob'], count: 2 }))).toBe('Du und Bob können das lesen')
  expect(audienceSentence(de, of({ scope: 'organisation', count: 1240 }))).toBe('Alle bei Acme, 1.240 Personen')
})

test('a conversation has the names of the others', () => {
  const direct = (names: string[]) => ({ kind: 'direct' as const, name: '', audience: of({ scope: 'few', names }) })
  expect(spaceName(en, direct(['Bob Berg']))).toBe('Bob Berg')
  expect(spaceName(en, direct(['Bob Berg', 'Cy Twombly']))).toBe('Bob, Cy')
  expect(spaceName(en, direct([]))).toBe('Only me')
})

test('says how long ago something was', () => {
  const now = new Date(2025, 10, 12, 18, 0).getTime()
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()
  expect(timeAgo(en, at(2025, 10, 12, 17, 59), now)).toBe('1 min')
  expect(timeAgo(en, at(2025, 10, 12, 16, 0), now)).toBe('2 h')
  expect(timeAgo(en, at(2025, 10, 11, 17, 4), now)).toBe('yesterday 17:04')
  expect(timeAgo(en, at(2025, 10, 2, 17, 4), now)).toBe('2 Nov')
  expect(timeAgo(de, at(2024, 10, 2, 17, 4), now)).toBe('2. Nov. 2024')
})
