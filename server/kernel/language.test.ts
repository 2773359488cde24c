import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  [undefined, 'en'], ['', 'en'], ['*', 'en'], ['fr', 'en'], ['de', 'de'], ['DE-at', 'de'], ['fr, de-AT;q=0.8, en;q=0.7', 'de'],
  ['en;q=0.2,de;q=0.9', 'de'], ['de;q=0, en;q=0.1', 'en'], ['de;q=x,en', 'en'], [';;,=,de', 'de'], ['denglish', 'en'],
])('%s asks for %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
