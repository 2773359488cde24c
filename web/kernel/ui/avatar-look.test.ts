import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { avatarLook, COLOURS, PATTERNS } from './avatar-look.ts'

const styles = readFileSync(new URL('./Avatar.module.css', import.meta.url), 'utf8')
const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
const luminance = (rgb: number[]) => rgb.map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)).reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0)
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)

test('white letters can be read on every colour, and patterns only make it darker', () => {
  for (const colour of COLOURS) expect(contrast(1, luminance(channels(colour))), colour).toBeGreaterThanOrEqual(4.5)
  expect(styles.match(/\[data-pattern='\d'\]/g)).toHaveLength(PATTERNS - 1)
  expect([...styles.matchAll(/--shade: rgb\((\d+) (\d+) (\d+)/g)].map(([, ...rgb]) => rgb)).toEqual([['0', '0', '0']])
})

test('people made one after the other can be told apart, and each looks the same for ever', () => {
  const ids = Array.from({ length: 2000 }, (_, at) => `01a22948-8e43-7000-a84f-${(0x749ce6800000 + at).toString(16)}`)
  const looks = ids.map((id) => Object.values(avatarLook(id)).join(' '))
  expect(looks).toEqual(ids.map((id) => Object.values(avatarLook(id)).join(' ')))
  expect(new Set(looks).size).toBe(COLOURS.length * PATTERNS)
  const alike = looks.filter((look, at) => look === looks[at + 1]).length
  expect(alike).toBeLessThan(60)
})
