import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { scene } from '../../scene.ts'
import { importTies } from './commands.ts'
import { readTies } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-ties-'))
let files = 0
const file = (content: string | Buffer, end = 'txt') => {
  const path = join(folder, `${++files}.${end}`)
  writeFileSync(path, content)
  return path
}
const MONDAY = Date.parse('2026-11-16')
const read = async (content: string) => (await readTies(file(content), MONDAY)).ties.map(({ from, to, week, count }) => `${from} ${to} ${week} ${count}`)

test('a list is read however it is separated, with titles, times and weights or without', async () => {
  expect(await read('# mail\n1 2\n1 2\n2 1\n3 3\n')).toEqual(['1 2 2026-11-16 2', '2 1 2026-11-16 1'])
  expect(await read('1 2 1082040961\n3 4 1082155839')).toEqual(['1 2 2004-04-12 1', '3 4 2004-04-12 1'])
  expect(await read('"Sender";"Recipient";"EventDate"\n17;37;2010-01-02 17:40:10\n')).toEqual(['17 37 2009-12-28 1'])
  expect(await read('from,to,time,weight\nann@x.example,bob@x.example,2026-11-18T10:00:00Z,3\n')).toEqual(['ann@x.example bob@x.example 2026-11-16 3'])
  expect(await read('a\tb\t2.6\r\na\tb\t2\r\n')).toEqual(['a b 2026-11-16 5'])
  expect(await read('a b 2010-01-02 17:40:10\n')).toEqual(['a b 2009-12-28 1'])
  expect((await readTies(file(gzipSync('1 2\n'), 'gz'), MONDAY)).ties).toHaveLength(1)
})

test('what is no tie is named by its line', async () => {
  for (const [text, line] of [['1 2\n3\n', 2], ['1 2\n\n1 2 soon\n', 3], ['1 2 -4', 1], ['1 2 3 4 5 6', 1]] as const)
    await expect(readTies(file(text))).rejects.toMatchObject({ status: 422, code: 'bad_line', message: expect.stringContaining(`Line ${line} `) })
  for (const hostile of ['a\0b c', `${'x'.repeat(300)} y`, '@ x', 'a b 1e999'])
    await expect(readTies(file(`1 2\n${hostile}\n`))).rejects.toMatchObject({ code: 'bad_line', message: expect.stringContaining('Line 2 ') })
  await expect(readTies(join(folder, 'none'))).rejects.toMatchObject({ code: 'unreadable' })
  await expect(readTies(file('no gzip at all', 'gz'))).rejects.toMatchObject({ code: 'unreadable' })
})

test('names of any kind become people: addresses in capitals are one, others need not look like names', async () => {
  const { ann, host } = await scene()
  const n = ann.handle
  const path = file(`Pia.${n}@X.example @foo${n} 999999999\npia.${n}@x.EXAMPLE @foo${n} 999999999\n@foo${n} \ud83d${n} 5\n<b>${n} 会議${n}\n`)
  expect(await importTies(host, path)).toMatchObject({ people: 5, new_people: 5 })
})

test('people who are here are found by address or handle, others come in as imported; the same list again changes nothing', async () => {
  const { ann, bob, olga, host } = await scene()
  const path = file(`${ann.handle}@X.example ${bob.handle}\n${bob.handle} stranger.${ann.handle}@else.example\nstranger.${ann.handle}@else.example x1\n`)
  expect(await importTies(host, path)).toEqual({ lines: 3, ties: 3, people: 4, new_people: 2 })
  const all = () => host.db.selectFrom('ties').selectAll().where('kind', '=', 'import').where('week', '>', '2026-01-01').orderBy('from_id').orderBy('to_id').execute()
  const before = await all()
  expect(before.some((tie) => tie.from_id === ann.id && tie.to_id === bob.id)).toBe(true)
  expect(await importTies(host, path)).toMatchObject({ new_people: 0 })
  expect(await all()).toEqual(before)
  const [stranger] = (await olga.get(`/people?q=stranger.${ann.handle}`)).items
  expect(stranger).toMatchObject({ state: 'imported', name: `stranger.${ann.handle}` })
})

test('a list counts as private unless it is said that everybody may read it, and the last word holds', async () => {
  const { ann, bob, host } = await scene()
  const path = file(`${ann.handle} ${bob.handle}\n`)
  const kept = () => host.db.selectFrom('ties').select(['open', 'count']).where('from_id', '=', ann.id).execute()
  for (const isOpen of [false, true, true, false]) {
    await importTies(host, path, isOpen)
    expect(await kept()).toEqual([{ open: isOpen, count: 1 }])
  }
})
