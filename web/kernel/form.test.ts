import { expect, test } from 'vitest'
import { ApiError } from './api.ts'
import { errorAt, handleFrom, isGeneral } from './form.ts'
import { i18n } from './i18n.ts'
import { initials } from './ui/Avatar.tsx'

await i18n.init({ lng: 'en', resources: { en: { kernel: { problem: { field: '{{said}}' } }, problems: { handle_taken: 'Taken' } } } })

test('makes a handle from a name', () => {
  expect(handleFrom('Ana Kovač')).toBe('ana.kovac')
  expect(handleFrom("  Seán O'Néill  ")).toBe('sean.o.neill')
  expect(handleFrom('Groß')).toBe('gross')
  expect(handleFrom('田中')).toBe('')
})

test('shortens a name to its initials', () => {
  expect(initials('Ana Marija Kovač')).toBe('AK')
  expect(initials('(Deploy) bot')).toBe('DB')
  expect(initials('田中 美咲')).toBe('田')
  expect(initials('Cher')).toBe('C')
  expect(initials(' ')).toBe('?')
})

test('puts what was refused beside the field it is about', () => {
  const taken = new ApiError(409, { code: 'handle_taken', detail: 'This handle is taken.' })
  expect(errorAt(taken, 'handle')).toBe('Taken')
  expect(isGeneral(taken, ['name', 'handle'])).toBe(false)
  const invalid = new ApiError(422, { code: 'invalid', errors: [{ path: 'email', message: 'is not an e-mail address' }] })
  expect(errorAt(invalid, 'email')).toBe('is not an e-mail address')
  expect(errorAt(invalid, 'name')).toBeUndefined()
  expect(isGeneral(new ApiError(0, {}), ['name'])).toBe(true)
})
