import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rounds, SEED } from './chance.ts'

const root = join(import.meta.dirname, '..')

test('chance in the tests comes from one seed, so that a run repeats the one before', () => {
  const files = globSync(['{server,web}/**/*.test.{ts,tsx}', 'server/scene.ts', 'test/**/*.ts'], { cwd: root }).filter((file) => !/^test\/chance(\.test)?\.ts$/.test(file))
  expect(files.length).toBeGreaterThan(100)
  const own = files.filter((file) => /Math\.random|randomUUID|from 'fast-check'|Date\.now\(\) %/.test(readFileSync(join(root, file), 'utf8')))
  expect(own).toEqual([])
  if (process.env.FOLKMOOT_LONG) expect([rounds(3), rounds(3, 7)]).toEqual([60, 7])
  else expect([SEED, rounds(3)]).toEqual([20_26_07_01, 3])
})
