import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = import.meta.dirname
const read = (language: string, name: string) => JSON.parse(readFileSync(join(folder, language, name), 'utf8'))
const later = (language: string) => readdirSync(join(folder, language, 'later'))
const names = (language: string) =>
  readdirSync(join(folder, language)).filter((name) => name !== 'later').concat(later(language).map((name) => `later/${name}`)).sort()

/** Every path to a text: `audience.you`. */
function paths(texts: object, before = ''): string[] {
  return Object.entries(texts).flatMap(([name, text]) => (typeof text === 'string' ? [before + name] : paths(text, `${before}${name}.`)))
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort()
const at = (texts: any, path: string): string => path.split('.').reduce((part, name) => part?.[name], texts)

test('German has the namespaces of English', () => {
  expect(names('de')).toEqual(names('en'))
})

test.each(names('en'))('%s says the same things in both languages', (name) => {
  const [en, de] = [read('en', name), read('de', name)]
  expect(paths(de).sort()).toEqual(paths(en).sort())
  for (const path of paths(en)) expect([path, placeholders(at(de, path))]).toEqual([path, placeholders(at(en, path))])
})

test('pages and dialogs ask for texts that there are, and none for those that are there from the start', () => {
  const sources = readdirSync(join(folder, '..'), { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
  const wanted = sources.flatMap((file) => [...readFileSync(join(folder, '..', file), 'utf8').matchAll(/(?:texts: |loadTexts\()\[([^\]]*)\]/g)]
    .flatMap(([, list]) => [...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => `${file}: ${name}`)))
  expect(wanted.length).toBeGreaterThan(20)
  expect(wanted.filter((one) => !later('en').includes(`${one.split(': ')[1]}.json`))).toEqual([])
})
