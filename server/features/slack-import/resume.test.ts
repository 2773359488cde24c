import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Files, makeZip, said } from '../../../test/slack-archives.ts'
import { base, contents, finished, host, send, type Workspace, workspace } from '../../../test/slack-scene.ts'
import { checkNumbers } from '../../core/check.ts'
import { newId } from '../../kernel/ids.ts'
import { scene } from '../../scene.ts'
import { importSlack } from './commands.ts'
import { withImportLock } from '../../core/imports/import-lock.ts'
import { resumeImports, workOff } from '../../core/imports/jobs.ts'

const many = (w: Workspace, count: number): Files => ({
  ...base(w),
  [`${w.room}/2023-11-14.json`]: Array.from({ length: count }, (_, i) =>
    said(
      `${1700000000 + i}.000100`,
      w.u(1 + (i % 2)),
      `line ${i}`,
      i % 3 ? { thread_ts: `${1700000000 + i - (i % 3)}.000100` } : {},
    ),
  ),
})

test('an interrupted import goes on where it was', async () => {
  const w = workspace()
  const path = await makeZip(many(w, 1300))
  let asked = 0
  await expect(importSlack(await host(), path, { isStopped: () => ++asked > 1 })).rejects.toThrow('run it again')
  const { pool } = await host()
  const written = async () =>
    (
      await pool.query(
        `select count(*)::int as n from entries
         where body like $1 and space_id = (select id from spaces where name = $2)`,
        ['line %', w.room],
      )
    ).rows[0].n
  expect(await written()).toBe(500)
  const job = await importSlack(await host(), path)
  expect(await written()).toBe(1300)
  expect(job).toMatchObject({ state: 'done', done: 1300, written: { added: 1300, people: 2, spaces: 1 } })
  expect(
    (
      await pool.query(
        'select count(*)::int as n from imports where fingerprint = (select fingerprint from imports where id = $1)',
        [job.id],
      )
    ).rows[0].n,
  ).toBe(1)
  expect((await checkNumbers((await host()).db, false)).every((found) => found.wrong === 0)).toBe(true)
})

test('an upload that a dead server left behind is taken up by the next one', async () => {
  const { olga } = await scene()
  const w = workspace()
  const { config, db } = await host()
  const id = newId()
  await mkdir(join(config.data, 'imports'), { recursive: true })
  await copyFile(await makeZip(base(w)), join(config.data, 'imports', `${id}.zip`))
  await db
    .insertInto('imports')
    .values({
      id,
      kind: 'slack',
      state: 'running',
      dry_run: false,
      confirmed: false,
      fingerprint: null,
      archive: `${id}.zip`,
      total: null,
      step: 'writing',
      position: null,
      report: null,
      written: null,
      error: null,
      started_by: olga.id,
      finished_at: null,
    })
    .execute()
  await resumeImports.run(await host(), {})
  expect(await finished(olga, id)).toMatchObject({ state: 'done', written: { added: 3 } })
  await expect.poll(() => readdir(join(config.data, 'imports'))).toEqual([])
})

test('a bad archive ends with a code and changes nothing', async () => {
  const { olga } = await scene()
  const w = workspace()
  const before = await contents()
  const form = new FormData()
  form.append('file', new Blob(['Dear administrator']), 'export.zip')
  expect(await olga.post('/imports', form)).toMatchObject({ status: 422, code: 'archive_not_zip' })
  expect(await send({ 'users.json': [] }, olga)).toMatchObject({ status: 422, code: 'archive_no_channels' })
  expect(await olga.post('/imports', new FormData())).toMatchObject({ status: 422, code: 'no_file' })
  expect(await olga.post('/imports', {})).toMatchObject({ status: 415 })
  const broken = await send({ ...base(w), [`${w.room}/2024-01-01.json`]: '[{"ts": ' }, olga)
  expect(await finished(olga, broken.id)).toMatchObject({
    state: 'failed',
    error: { code: 'archive_broken_json', detail: expect.stringContaining('2024-01-01.json') },
    written: null,
  })
  expect(await contents()).toEqual(before)
  const { config } = await host()
  await expect.poll(() => readdir(join(config.data, 'imports'))).toEqual([])
})

test('a dry run reads everything and changes nothing', async () => {
  const { olga } = await scene()
  const before = await contents()
  const job = await finished(olga, (await send(base(workspace()), olga, '?dry_run=true')).id)
  expect(job).toMatchObject({
    state: 'done',
    dry_run: true,
    report: { entries: 3, people: 2, losses: expect.any(Array) },
    written: null,
  })
  expect(await contents()).toEqual(before)
  expect((await olga.get('/imports')).items[0].id).toBe(job.id)
})

test('what was looked into is imported from where it lies: once, by whoever sent it, for a day', async () => {
  const { olga, ann } = await scene()
  const { config, pool } = await host()
  const kept = () => readdir(join(config.data, 'imports'))
  const look = async (w: Workspace, as = olga) => finished(as, (await send(base(w), as, '?dry_run=true&confirm_addresses=true')).id)
  const [w, other] = [workspace(), workspace()]
  const first = await look(w)
  await expect.poll(async () => (await olga.get(`/imports/${first.id}`)).kept_until).toEqual(expect.any(String))
  await olga.patch(`/people/${ann.id}`, { role: 'admin' })
  expect(await ann.post(`/imports/${first.id}/begin`)).toMatchObject({ status: 404 })
  const begun = await olga.post(`/imports/${first.id}/begin`)
  expect(begun).toMatchObject({ dry_run: false, kept_until: null })
  expect(await olga.post(`/imports/${first.id}/begin`)).toMatchObject({ status: 410, code: 'archive_gone' })
  expect(await finished(olga, begun.id)).toMatchObject({ state: 'done', written: { added: 3, people: 2 }, report: { entries: 3 } })
  expect((await pool.query('select confirmed from imports where id = $1', [begun.id])).rows).toEqual([{ confirmed: true }])
  expect(await olga.post(`/imports/${begun.id}/begin`)).toMatchObject({ status: 404 })
  await expect.poll(kept).not.toContain(`${first.id}.zip`)

  // The newest of each person, and none for longer than a day.
  const [older, newer, hers] = [await look(w), await look(other), await look(w, ann)]
  await expect.poll(kept).not.toContain(`${older.id}.zip`)
  expect(await kept()).toEqual(expect.arrayContaining([`${newer.id}.zip`, `${hers.id}.zip`]))
  expect((await olga.get(`/imports/${older.id}`)).kept_until).toBeNull()
  await pool.query(`update imports set finished_at = finished_at - interval '25 hours' where id = $1`, [newer.id])
  await resumeImports.run(await host(), {})
  expect(await kept()).toContain(`${hers.id}.zip`)
  expect(await kept()).not.toContain(`${newer.id}.zip`)
  expect(await olga.post(`/imports/${newer.id}/begin`)).toMatchObject({ status: 410 })
})

test('addresses in a report are written as people read them', async () => {
  const { olga } = await scene()
  const w = workspace()
  const files = base(w)
  const [head] = files[`${w.room}/2023-11-14.json`] as object[]
  const job = await finished(olga, (await send({ ...files, [`${w.room}/2023-11-15.json`]: [{ ...head, ts: '1700100001.000100', text: 'Look',
    files: [{ id: 'F9', name: 'Q&amp;A &lt;2&gt;', mimetype: 'application/pdf', size: 5, url_private: 'https://files.slack.com/a?x=1&amp;cid=2' }] }] }, olga, '?dry_run=true')).id)
  const examples = job.report.losses.flatMap((loss: { examples: string[] }) => loss.examples)
  expect(examples.join()).toContain('Q&A <2>')
  expect(examples.join()).not.toContain('&amp;')
})

test('imports are for administrators', async () => {
  const { ann, gina, olga } = await scene()
  for (const person of [ann, gina]) {
    expect(await send(base(workspace()), person)).toMatchObject({ status: 403, code: 'admins_only' })
    expect(await person.get('/imports')).toMatchObject({ status: 403 })
  }
  expect(await olga.get(`/imports/${newId()}`)).toMatchObject({ status: 404 })
  expect((await fetch(`${olga.url}/api/v1/imports`, { method: 'POST' })).status).toBe(401)
})

test('one import at a time', async () => {
  const path = await makeZip(base(workspace()))
  await withImportLock(await host(), async () => {
    await expect(importSlack(await host(), path)).rejects.toMatchObject({ status: 409, code: 'import_running' })
    await workOff(await host())
  })
})
