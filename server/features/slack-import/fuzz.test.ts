import { expect, test } from 'vitest'
import { rounds, SEED } from '../../../test/chance.ts'
import { channel, type Files, makeZip, said, small } from '../../../test/slack-archives.ts'
import { general, read } from '../../../test/slack-reading.ts'
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
  const pick = numbers(SEED)
  let reports = 0
  for (let n = 0; n < rounds(250); n++) {
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

const section = { type: 'rich_text_section', elements: [{ type: 'text', text: 'w', style: { bold: true } }, { type: 'user', user_id: 'U1' }] }
const samples = [
  { subtype: 'huddle_thread', text: '', room: { created_by: 'U1', participant_history: ['U1', 'U2'], date_start: 1, date_end: 700 } },
  { text: 'w', blocks: [{ type: 'rich_text', elements: [section, { type: 'rich_text_list', style: 'ordered', elements: [section] }] }] },
  { text: '', blocks: [{ type: 'card', title: { text: 'w' } }, { type: 'table', rows: [[{ type: 'raw_text', text: 'w' }]] }, { type: 'call', call: { v1: { name: 'w' } } }] },
  { text: '<!subteam^S1|@w> <https://x.example|w> <#C1|w>', attachments: [{ is_share: true, author_id: 'U2', text: 'w', files: [{ id: 'F2' }] }, { title: 'w', fields: [{ title: 'a', value: 'b' }] }] },
  { subtype: 'file_share', text: '<@U1|ann> uploaded a file: <https://x.example|a>', file: { id: 'F1', name: 'a', initial_comment: { comment: 'w' } } },
  { subtype: 'file_comment', comment: { user: 'U2', comment: 'w' }, reactions: [{ name: 'tada', count: 3, users: ['U1'] }] },
  { subtype: 'bot_message', bot_id: 'B1', username: 'w', bot_profile: { name: 'w' }, edited: { ts: '1700000009.000100' }, thread_ts: '1700000001.000100' },
]

test('whatever a message holds, the others come, and none is empty', async () => {
  const pick = numbers(20260101)
  const rows = Array.from({ length: 3000 }, (_, n) => {
    let row: unknown = said(`17000${String(n).padStart(5, '0')}.000100`, 'U1', 'w', samples[n % samples.length])
    for (let times = 1 + pick(3); times > 0; times--) row = mutate(row, pick)
    return row
  })
  const whole = said('1699999999.000100', 'U2', 'whole')
  const { messages, losses } = await read(general(whole, ...rows, { ...whole, ts: '1700009999.000100' }))
  expect(messages.length + (losses.unreadable_rows ?? 0)).toBe(rows.length + 2)
  expect(messages.filter(({ body }) => body === 'whole')).toHaveLength(2)
  for (const { body, files, removed } of messages) expect(body !== '' || files.length > 0 || removed).toBe(true)
})
