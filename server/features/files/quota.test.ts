import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Client, type Json, sceneWith } from '../../scene.ts'

const KB = 1024
let serial = 0

async function upload(person: Client, kilobytes: number, key?: string): Promise<Json> {
  const form = new FormData()
  form.append('file', new Blob([Buffer.alloc(kilobytes * KB, key ?? `file ${++serial}`)]), 'a.bin')
  return person.post('/files', form, key ? { 'idempotency-key': key } : {})
}

test('one person uploads so much in a day, and so much that is attached to nothing; others are not held up by it', async () => {
  const { ann, bob, olga, host, config } = await sceneWith({ UPLOAD_MB_PER_DAY: '2', UPLOAD_MB_WAITING: '1', STORE_GB: String(4 / KB) })
  const team = await ann.post('/spaces', { name: 'Team', purpose: 'Work' })
  await bob.post(`/spaces/${team.id}/join`)
  const attach = (person: Client, ...files: Json[]) => person.post(`/spaces/${team.id}/entries`, { body: 'look', files: files.map(({ id }) => id) })

  const first = await upload(ann, 700)
  expect(await upload(ann, 700)).toMatchObject({ status: 409, code: 'upload_quota_waiting', detail: expect.stringMatching(/1 MB of your uploads are attached to nothing yet; 1 MB may be/) })
  expect((await upload(bob, 700)).id).toBeTruthy()
  await attach(ann, first)
  const second = await upload(ann, 700, 'once')
  expect(await upload(ann, 700, 'once')).toEqual(second)
  expect(await ann.get('/me/uploads')).toEqual({ day: 1400 * KB, day_limit: 2048 * KB, waiting: 700 * KB, waiting_limit: KB * KB })
  await attach(ann, second)
  expect(await upload(ann, 700)).toMatchObject({ status: 429, code: 'upload_quota_day', retry_after: 3600 })
  // Many at once do not slip through together.
  const answers = await Promise.all(Array.from({ length: 12 }, () => upload(ann, 100)))
  expect(answers.filter(({ id }) => id)).toHaveLength(6)
  expect(answers.filter(({ id }) => !id).map(({ code }) => code)).toEqual(Array(6).fill('upload_quota_day'))
  expect(readdirSync(join(config.data, 'files', 'incoming'))).toEqual([])

  // The day after, and for the network as a whole.
  await host.db.updateTable('files').set({ created_at: new Date(Date.now() - 86_500_000).toISOString() }).where('owner_id', '=', ann.id).execute()
  const third = await upload(ann, 900)
  await attach(ann, third)
  expect(await upload(ann, 600)).toMatchObject({ status: 507, code: 'store_full' })
  expect(await olga.get('/storage')).toMatchObject({ files: 10, bytes: 3600 * KB, waiting: 700 * KB, limit: 4096 * KB, disk_free: expect.any(Number) })
  expect(await ann.get('/storage')).toMatchObject({ status: 403 })
})

test('room that is kept free on the disk is taken by no upload and no import', async () => {
  const { ann, olga } = await sceneWith({ KEEP_FREE_MB: '1000000000' })
  expect(await upload(ann, 1)).toMatchObject({ status: 507, code: 'no_room', detail: expect.stringMatching(/no room left/) })
  const form = new FormData()
  form.append('file', new Blob(['x']), 'a.zip')
  expect(await olga.post('/imports', form)).toMatchObject({ status: 507, code: 'no_room' })
  expect((await ann.post('/spaces', { name: 'Team', purpose: 'Work' })).id).toBeTruthy()
})
