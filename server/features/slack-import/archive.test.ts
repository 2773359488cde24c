import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { type Archive, openArchive } from './archive.ts'
import { usualLimits } from '../../core/imports/source.ts'
import { bytes, type Files, makeZip, renameInZip, small } from '../../../test/slack-archives.ts'

async function makeFolder(files: Files) {
  const base = await mkdtemp(join(tmpdir(), 'folkmoot slack '))
  for (const [name, value] of Object.entries(files)) {
    await mkdir(dirname(join(base, name)), { recursive: true })
    await writeFile(join(base, name), bytes(value))
  }
  return base
}

async function rowsOf(archive: Archive, name: string) {
  const rows: any[] = []
  for await (const { value } of archive.rows(name)) rows.push(value)
  return rows
}

const refusal = (path: string | Promise<string>, limits = {}) =>
  Promise.resolve(path)
    .then((p) => openArchive(p, { ...usualLimits, ...limits }))
    .then(
      async (archive) => void (await archive.close()),
      (error) => ({ code: error.code, status: error.status, detail: error.message }),
    )

describe('an archive is read', () => {
  test.each([
    ['as a zip', makeZip],
    ['as a folder with a space in its name', makeFolder],
  ])('%s', async (_, make) => {
    const archive = await openArchive(await make({ ...small(), 'general/2023-11-13.json': [] }))
    expect(archive.days('general')).toEqual(['2023-11-13', '2023-11-14'])
    expect((await rowsOf(archive, 'users.json')).map((row) => row.name)).toEqual(['ann', 'bob'])
    expect(await rowsOf(archive, 'general/2023-11-14.json')).toHaveLength(2)
    expect(await rowsOf(archive, 'groups.json')).toEqual([])
    await archive.close()
  })

  test('also when somebody packed the unpacked folder again, and a Mac left its traces', async () => {
    const inside = Object.fromEntries(Object.entries(small()).map(([name, value]) => [`Acme export/${name}`, value]))
    const archive = await openArchive(
      await makeZip({ ...inside, '__MACOSX/Acme export/._users.json': 'x', 'Acme export/.DS_Store': 'x' }),
    )
    expect(archive.folders).toEqual(['general'])
    expect(archive.days('general')).toEqual(['2023-11-14'])
    await archive.close()
  })

  test('with channel names of any script, however their letters are composed', async () => {
    const archive = await openArchive(
      await makeZip({ 'channels.json': [], ['Z\u00fcrich_運営'.normalize('NFD') + '/2024-01-01.json']: [1] }),
    )
    expect(archive.days('Zürich_運営')).toEqual(['2024-01-01'])
    expect(await rowsOf(archive, 'Zürich_運営/2024-01-01.json')).toEqual([1])
    await archive.close()
  })

  test('as Windows packs it, with backslashes, and from any list, some folders deeper', async () => {
    const files = { 'x/y/dms.json': [], 'x/y/D1/2024-01-01.json': [1] }
    let path = await makeZip(files)
    path = await renameInZip(path, 'x/y/D1/2024-01-01.json', 'x\\y\\D1\\2024-01-01.json')
    const archive = await openArchive(path)
    expect(await rowsOf(archive, 'D1/2024-01-01.json')).toEqual([1])
    await archive.close()
  })

  test('and attached files are opened one by one, whatever they pack to, JSON among them', async () => {
    const log = Buffer.alloc(3e6, 'x')
    const files = { ...small(), '__uploads/F1/build.log': log, '__uploads/F2/data.json': '{"not": "a list"}' }
    for (const path of [await makeZip(files), await makeFolder(files)]) {
      const archive = await openArchive(path, { ...usualLimits, fileBytes: 10_000, totalBytes: 20_000 })
      expect([...archive.others].sort()).toEqual(['__uploads/F1/build.log', '__uploads/F2/data.json'])
      expect(archive.size('__uploads/F1/build.log')).toBe(3e6)
      expect(log.equals(await buffer(await archive.open('__uploads/F1/build.log')))).toBe(true)
      expect((await buffer(await archive.open('__uploads/F2/data.json'))).toString()).toBe('{"not": "a list"}')
      expect(archive.size('__uploads/F3/none')).toBe(null)
      await expect(archive.open('__uploads/F3/none')).rejects.toMatchObject({ code: 'not_found' })
      await archive.close()
    }
  })

  test('and a list that is null is one row that is nothing', async () => {
    const archive = await openArchive(await makeZip({ 'channels.json': ' null\n', 'dms.json': 'nul', 'users.json': 'null1' }))
    expect(await rowsOf(archive, 'channels.json')).toEqual([null])
    for (const name of ['dms.json', 'users.json'])
      await expect(rowsOf(archive, name)).rejects.toMatchObject({ code: 'archive_broken_json' })
    await archive.close()
  })

  test('and keeps its fingerprint when it is copied, not when it changes', async () => {
    const print = async (files: Files) => {
      const archive = await openArchive(await makeZip(files))
      await archive.close()
      return archive.fingerprint
    }
    expect(await print(small())).toBe(await print(small()))
    expect(await print(small())).not.toBe(await print({ ...small(), 'users.json': [] }))
  })
})

describe('a bad archive is refused with a code and a way out', () => {
  test('no file, not a zip, half a zip', async () => {
    expect(await refusal('/no/such/file')).toMatchObject({ code: 'archive_missing', status: 422 })
    const path = await makeZip(small())
    const whole = await readFile(path)
    await writeFile(path, 'Dear administrator, this is a letter.')
    expect(await refusal(path)).toMatchObject({
      code: 'archive_not_zip',
      detail: expect.stringContaining('Download the export'),
    })
    await writeFile(path, whole.subarray(0, whole.length / 2))
    expect(await refusal(path)).toMatchObject({ code: 'archive_not_zip' })
  })

  test('no channels.json; users.json may be missing', async () => {
    expect(await refusal(makeZip({ 'users.json': [] }))).toMatchObject({ code: 'archive_no_channels' })
    expect(await refusal(makeZip({ 'channels.json': [] }))).toBeUndefined()
  })

  test('several exports in one zip', async () => {
    expect(await refusal(makeZip({ 'a/channels.json': [], 'b/channels.json': [] }))).toMatchObject({
      code: 'archive_several_exports',
    })
  })

  test.each([
    '../x/evil.json',
    '/xx/evil.json',
    'C:/x/evil.json',
    '..\\x\\evil.jso',
    'a\\..\\b/ev.jso',
    'a/../b/ev.json',
    './xx/evil.json',
  ])('a file named %s', async (name) => {
    const honest = 'a'.repeat(name.length)
    expect(
      await refusal(makeZip({ ...small(), [honest]: [] }).then((path) => renameInZip(path, honest, name))),
    ).toMatchObject({ code: 'archive_unsafe_path' })
  })

  test('a symbolic link, in a zip and in a folder', async () => {
    expect(await refusal(makeZip(small(), { 'general/2023-11-15.json': '/etc/passwd' }))).toMatchObject({
      code: 'archive_symlink',
    })
    const folder = await makeFolder(small())
    await symlink('/etc/passwd', join(folder, 'general/2023-11-15.json'))
    expect(await refusal(folder)).toMatchObject({ code: 'archive_symlink' })
  })

  test('a bomb, a huge file, too much altogether, too many files', async () => {
    expect(await refusal(makeZip({ ...small(), 'general/2023-11-15.json': Buffer.alloc(5e6, ' ') }))).toMatchObject({
      code: 'archive_bomb',
    })
    const path = makeZip({ ...small(), 'general/2023-11-15.json': Buffer.alloc(5000, ' ') })
    expect(await refusal(path, { fileBytes: 4000 })).toMatchObject({ code: 'archive_file_too_large' })
    expect(await refusal(path, { totalBytes: 4000 })).toMatchObject({ code: 'archive_too_large' })
    expect(await refusal(path, { files: 3 })).toMatchObject({ code: 'archive_too_many_files' })
  })

  test('a file locked with a password', async () => {
    const path = await makeZip(small())
    const zip = await readFile(path)
    // The first bit of the flags, in the local and in the central header of each file.
    for (const [mark, flags] of [
      ['PK\x03\x04', 6],
      ['PK\x01\x02', 8],
    ] as const)
      for (let at = zip.indexOf(mark); at >= 0; at = zip.indexOf(mark, at + 1)) zip[at + flags] |= 1
    await writeFile(path, zip)
    expect(await refusal(path)).toMatchObject({ code: 'archive_encrypted' })
  })

  test('a file that says it is smaller than it is', async () => {
    const path = await makeZip({ 'channels.json': [], 'users.json': 'x'.repeat(70_000) })
    const zip = await readFile(path)
    for (let at = zip.indexOf(sizeOf(70_000)); at >= 0; at = zip.indexOf(sizeOf(70_000), at + 1))
      zip.writeUInt32LE(100, at)
    await writeFile(path, zip)
    const archive = await openArchive(path)
    await expect(rowsOf(archive, 'users.json')).rejects.toMatchObject({ code: expect.stringMatching(/^archive_/) })
    await archive.close()
  })

  test.each([
    ['not JSON', '[{"id": }]'],
    ['cut off', '[{"id": "C1"},{"id"'],
    ['an object', '{"id": 1}'],
    ['empty', ''],
    ['more after its end', '[] []'],
    ['a gap', '[1,,2]'],
    ['a comma at its end', '[1,]'],
    ['deep nesting', `[${'['.repeat(200_000)}`],
  ])('broken JSON: %s', async (_, text) => {
    const archive = await openArchive(await makeZip({ 'channels.json': [], 'general/2023-11-15.json': text }))
    await expect(rowsOf(archive, 'general/2023-11-15.json')).rejects.toMatchObject({
      code: 'archive_broken_json',
      extra: { file: 'general/2023-11-15.json' },
      message: expect.stringContaining('general/2023-11-15.json'),
    })
    await archive.close()
  })

  test('a damaged file, by its checksum', async () => {
    const path = await makeZip({ 'channels.json': [], 'users.json': [{ name: 'ann' }] })
    const archive = await openArchive(await corrupt(path))
    await expect(rowsOf(archive, 'users.json').then(() => rowsOf(archive, 'channels.json'))).rejects.toMatchObject({
      code: expect.stringMatching(/^archive_(damaged|broken_json)$/),
    })
    await archive.close()
  })
})

const sizeOf = (n: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n)
  return bytes
}

async function corrupt(path: string) {
  const zip = await readFile(path)
  zip[zip.indexOf('users.json') + 'users.json'.length + 6] ^= 0xff
  await writeFile(path, zip)
  return path
}

test('reads a file row by row, whatever the chunks, with strings that look like structure', async () => {
  const rows = [{ text: 'a ] } " \\ , [ {' }, null, 3, 'x,y', [], [[1], [2]], { deep: [{ er: '"' }] }, '日本語🙌']
  const archive = await openArchive(await makeZip({ 'channels.json': `\ufeff ${JSON.stringify(rows, null, 1)} \n` }))
  expect(await rowsOf(archive, 'channels.json')).toEqual(rows)
  await archive.close()
})

test('names a row that is longer than allowed, and notices bad UTF-8', async () => {
  const path = await makeZip({
    'channels.json': [],
    'users.json': Buffer.from('["\xff ok"]', 'latin1'),
    'a/2024-01-01.json': [1, 'x'.repeat(3000)],
  })
  const archive = await openArchive(path, { ...usualLimits, rowBytes: 2000 })
  await expect(rowsOf(archive, 'a/2024-01-01.json')).rejects.toMatchObject({
    code: 'archive_broken_json',
    message: expect.stringContaining('entry 2'),
  })
  const rows: unknown[] = []
  for await (const row of archive.rows('users.json')) rows.push(row)
  expect(rows).toEqual([{ value: '\ufffd ok', damaged: true }])
  await archive.close()
})
