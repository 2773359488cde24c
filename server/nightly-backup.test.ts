import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pathOf } from './features/files/store.ts'
import { lookOver } from './backups.ts'
import { type Json, sceneWith } from './scene.ts'
import { schedule } from './schedule.ts'

const folder = mkdtempSync(join(tmpdir(), 'folkmoot-nightly-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a backup is made every night where a folder is named, so many are kept, and what went wrong is told', async () => {
  const { olga, ann, host, config } = await sceneWith({ BACKUP_DIR: folder, BACKUPS_KEPT: '2' })
  const form = new FormData()
  form.append('file', new Blob(['the content of a file']), 'notes.txt')
  await ann.post('/files', form)
  const age = async () => /^folkmoot_backup_age_seconds (\S+)$/m.exec(await (await fetch(`${ann.url}/metrics`)).text())?.[1]
  const failures = async (): Promise<Json[]> => (await olga.get('/effects/failures')).items
  const { job, cron } = schedule.find((one) => one.job.name === 'back-up')!
  expect(cron).toMatch(/^\d+ \d+ \* \* \*$/)
  expect(await age()).toBe('+Inf')

  // What others put there stays, as does what is being made; what was broken off long ago goes.
  for (const name of ['photos', 'folkmoot-2026-01-01T00-00-00Z', 'folkmoot-2026-01-02T00-00-00Z', 'folkmoot-2026-01-03T00-00-00Z.unfinished-0a0b0c0d', 'folkmoot-2099-01-03T00-00-00Z.unfinished-0a0b0c0d'])
    mkdirSync(join(folder, name))
  utimesSync(join(folder, 'folkmoot-2026-01-03T00-00-00Z.unfinished-0a0b0c0d'), 0, 0)
  await job.run(host, {})
  const names = readdirSync(folder).sort()
  expect(names).toEqual(['folkmoot-2026-01-02T00-00-00Z', expect.stringMatching(/^folkmoot-[\dT-]+Z$/), 'folkmoot-2099-01-03T00-00-00Z.unfinished-0a0b0c0d', 'photos'])
  const made = join(folder, names[1])
  expect(await lookOver(made)).toMatchObject({ wrong: 0, lacking: 0, manifest: { contents: { count: 1 } } })
  expect(Number(await age())).toBeLessThan(600)
  expect(await failures()).toEqual([])

  // A stored file that is lost is in no backup: that is told, and over when it was mended.
  const [{ sha256 }] = await host.db.selectFrom('files').select('sha256').execute()
  const path = pathOf(config.data, sha256!)
  const bytes = readFileSync(path)
  rmSync(path)
  await job.run(host, {})
  await expect.poll(failures, { timeout: 20_000 }).toMatchObject([{ job: 'look-at-newest-backup', error: expect.stringContaining('without 1 stored files') }])
  writeFileSync(path, bytes)
  await job.run(host, {})
  await olga.post(`/effects/failures/${(await failures())[0].id}/retry`)
  await expect.poll(failures, { timeout: 20_000 }).toEqual([])
})

test('a backup that cannot be made fails in words, and leaves nothing that looks like one', async () => {
  const { host } = await sceneWith({ BACKUP_DIR: join(folder, 'none') })
  const { job } = schedule.find((one) => one.job.name === 'back-up')!
  await host.db.schema.alterTable('kysely_migration').renameTo('gone').execute()
  await expect(job.run(host, {})).rejects.toThrow(/^No backup was made: /)
  expect(readdirSync(join(folder, 'none'))).toEqual([])
  await expect(job.run(host, {}, AbortSignal.abort())).rejects.toThrow(/abort/)
})
