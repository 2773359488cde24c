import sharp from 'sharp'
import { expect, test } from 'vitest'
import { channel, type Files, makeZip, said, user } from '../../../test/slack-archives.ts'
import { entriesOf, finished, host, send, spaceOf, workspace, type Workspace } from '../../../test/slack-scene.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { importSlack } from './commands.ts'

const picture = () => sharp({ create: { width: 900, height: 8, channels: 3, background: '#36a64f' } })
  .withExif({ IFD0: { ImageDescription: 'taken at home' } }).jpeg().toBuffer()

/** Two messages with files in an open room, one in a private one, and the contents beside them. */
const archive = async (w: Workspace): Promise<Files> => ({
  'users.json': [user(w.u(1), w.handle('ann')), user(w.u(2), w.handle('bob'))],
  'channels.json': [channel(w.c(1), w.room, [w.u(1), w.u(2)])],
  'groups.json': [channel(w.c(2), `${w.room}-board`, [w.u(1)])],
  [`${w.room}/2023-11-14.json`]: [
    said('1700000001.000100', w.u(1), 'see', {
      files: [{ id: 'F1', name: 'note.txt', mimetype: 'text/html' }, { id: 'F2', name: 'photo.jpg', size: 5 }],
    }),
    said('1700000002.000100', w.u(2), 'again', { files: [{ id: 'F1', name: 'note.txt' }, { id: 'F9', name: 'away.txt' }] }),
    said('1700000003.000100', w.u(2), '', { files: [{ id: 'F5', mode: 'tombstone' }, { id: 'F4', name: 'facts.json' }] }),
  ],
  [`${w.room}-board/2023-11-14.json`]: [said('1700000001.000100', w.u(1), 'psst', { files: [{ id: 'F3', name: 'plan.txt' }] })],
  '__uploads/F1/note.txt': 'hello files',
  '__uploads/F2/photo.jpg': await picture(),
  [`${w.room}-board/attachments/F3-plan.txt`]: 'secret plan',
  '__uploads/F4/facts.json': '{"a":1}',
  '__uploads/F5/deleted.txt': 'deleted words',
  '__uploads/F6/stray.txt': 'nobody showed it',
})

const bytesOf = async (as: Client, file: Json, path = file.url) => {
  const answer = await fetch(`${as.url}${path}`, { headers: { authorization: `Bearer ${as.token}` } })
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
}

test('files that lie in the archive are attached, cleaned, and read by those who read the entry', async () => {
  const { olga, eve } = await scene()
  const w = workspace()
  const { id } = await send(await archive(w), olga)
  const { report, written } = await finished(olga, id)
  expect(report).toMatchObject({ files: 7, files_with_content: 5 })
  expect(written).toMatchObject({ files: 7, contents: 5 })
  const losses = Object.fromEntries(report.losses.map((loss: Json) => [loss.code, loss.count]))
  expect(losses).toMatchObject({ file_contents: 1, deleted_files: 1, other_files: 2 })
  expect(JSON.stringify(report)).not.toContain('plan.txt')

  const space = await spaceOf(eve, w.room)
  const [first, second, third] = await entriesOf(eve, space.id)
  expect(first.files).toMatchObject([
    { name: 'note.txt', type: 'text/plain', size: 11, state: 'stored' },
    { name: 'photo.jpg', type: 'image/jpeg', width: 900, height: 8, state: 'stored' },
  ])
  expect(second.files).toMatchObject([{ name: 'note.txt', state: 'stored' }, { name: 'away.txt', state: 'record', url: null }])
  expect(third.files).toMatchObject([{ state: 'record' }, { name: 'facts.json', state: 'stored' }])
  expect((await bytesOf(eve, first.files[0])).bytes.toString()).toBe('hello files')
  const { bytes } = await bytesOf(eve, first.files[1])
  expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  expect((await bytesOf(eve, first.files[1], first.files[1].thumbnail)).status).toBe(200)

  const { pool } = await host()
  const { rows: [secret] } = await pool.query(`select f.id from files f join entry_files ef on ef.file_id = f.id
    join entries e on e.id = ef.entry_id where f.name = 'plan.txt' and f.state = 'stored' and e.body = 'psst'
      and e.space_id = (select id from external_ids where external_id = $1)`, [w.c(2)])
  for (const stranger of [eve, olga]) expect((await bytesOf(stranger, {}, `/api/v1/files/${secret.id}`)).status).toBe(404)
})

test('again it changes nothing; contents that come later are filled in, and stay when a message is edited', async () => {
  const { eve } = await scene()
  const w = workspace()
  const full = await archive(w)
  const bare = Object.fromEntries(Object.entries(full).filter(([name]) => !/__uploads|attachments/.test(name)))
  expect((await importSlack(await host(), await makeZip(bare))).written).toMatchObject({ files: 7, contents: 0 })
  expect((await importSlack(await host(), await makeZip(full))).written).toMatchObject({ added: 0, files: 0, contents: 5 })
  expect((await importSlack(await host(), await makeZip(full))).written).toMatchObject({ added: 0, changed: 0, contents: 0 })
  const space = await spaceOf(eve, w.room)
  const [before] = await entriesOf(eve, space.id)
  const day = `${w.room}/2023-11-14.json`
  const [head, ...rest] = bare[day] as Json[]
  const edited = { ...head, text: 'look', edited: { ts: '1700000500.000000' }, files: [...head.files.slice(1), { id: 'F7', name: 'new.txt' }] }
  await importSlack(await host(), await makeZip({ ...bare, [day]: [edited, ...rest] }))
  const [after] = await entriesOf(eve, space.id)
  expect(after).toMatchObject({ body: 'look', files: expect.arrayContaining([before.files[1], expect.objectContaining({ name: 'new.txt', state: 'record' })]) })
  expect(after.files).toHaveLength(2)
})

test('what is too large stays a record and is in the report; an interrupted import goes on with the files', async () => {
  const { eve } = await scene()
  const w = workspace()
  const path = await makeZip(await archive(w))
  const open = await host()
  const small = { ...open, config: { ...open.config, maxFileBytes: 100 } }
  let asked = 0
  await expect(importSlack(small, path, { isStopped: () => ++asked > 3 })).rejects.toThrow('stopped')
  const { report, written } = await importSlack(small, path)
  expect(written).toMatchObject({ contents: 4 })
  expect(report!.losses.find(({ code }) => code === 'large_files')).toMatchObject({ count: 1, examples: ['photo.jpg'] })
  const [first] = await entriesOf(eve, (await spaceOf(eve, w.room)).id)
  expect(first.files).toMatchObject([{ state: 'stored' }, { name: 'photo.jpg', state: 'record' }])
})

test('what does not fit into the room for all files stays a record, is in the report, and comes when there is room', async () => {
  const { eve } = await scene()
  const w = workspace()
  const path = await makeZip(await archive(w))
  const open = await host()
  const { rows: [{ all }] } = await open.pool.query(`select coalesce(sum(size + coalesce(thumbnail_size, 0)), 0)::int as all from files where state = 'stored'`)
  const room = (bytes: number) => ({ ...open, config: { ...open.config, storeBytes: all + bytes } })
  // The note is shown twice and counts twice: 22 bytes; the secret plan has 11, the facts 7.
  const { report, written } = await importSlack(room(32), path)
  expect(written).toMatchObject({ contents: 3 })
  expect(report!.losses.find(({ code }) => code === 'no_room')).toMatchObject({ count: 2, examples: ['photo.jpg'] })
  const space = await spaceOf(eve, w.room)
  expect((await entriesOf(eve, space.id))[0].files).toMatchObject([{ name: 'note.txt', state: 'stored' }, { name: 'photo.jpg', state: 'record', url: null }])
  expect((await importSlack(room(1_000_000), path)).written).toMatchObject({ contents: 2 })
  expect((await entriesOf(eve, space.id))[0].files[1]).toMatchObject({ name: 'photo.jpg', state: 'stored' })
})
