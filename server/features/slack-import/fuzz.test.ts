import { expect, test } from 'vitest'
import { channel, type Files, makeZip, said, small } from '../../../test/slack-archives.ts'
import { surveySlack } from './commands.ts'

const good = (): Files => ({
  ...small(),
  'groups.json': [channel('G1', 'board', ['U1'])],
  'dms.json': [{ id: 'D1', created: 1, members: ['U1', 'U2'] }],
  'board/2023-11-14.json': [said('1700000001.000100', 'U1', 'psst', { reactions: [{ name: 'tada', users: ['U1'] }] })],
  'D1/2023-11-14.json': [said('1700000001.000100', 'U2', 'hi', { files: [{ id: 'F1', name: 'a.png' }] })],
})

/** Numbers from a fixed seed (mulberry32). */
function numbers(seed: number) {
  return (below: number) => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const odd = [null, true, 0, -1, 1e300, '', '__proto__', '../x', 'U1', [], [null], {}, { value: {} }, 'x'.repeat(5000)]

/** Puts something else in place of one part of an archive, or takes it away. */
function mutate(value: unknown, pick: (below: number) => number): unknown {
  if (typeof value !== 'object' || value === null || pick(5) === 0) return odd[pick(odd.length)]
  const keys = Object.keys(value)
  if (!keys.length) return odd[pick(odd.length)]
  const key = keys[pick(keys.length)]
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
  if (pick(6) === 0) delete copy[key]
  else copy[key] = mutate(copy[key], pick)
  return copy
}

test('whatever an archive holds, it ends in a report or in an error that says what is wrong', async () => {
  const pick = numbers(20231114)
  let reports = 0
  for (let n = 0; n < 250; n++) {
    let files = good()
    for (let times = 1 + pick(3); times > 0; times--) files = mutate(files, pick) as Files
    if (typeof files !== 'object' || files === null || Array.isArray(files)) continue
    const path = await makeZip(Object.fromEntries(Object.entries(files).filter(([, value]) => value !== undefined)))
    const outcome = await surveySlack(path).catch((error) => error)
    if (outcome instanceof Error)
      expect(outcome, JSON.stringify(files).slice(0, 2000)).toMatchObject({ code: expect.stringMatching(/^archive_/) })
    else reports += 1
  }
  expect(reports).toBeGreaterThan(50)
})
