import { execFile } from 'node:child_process'
import { appendFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Config } from '../../kernel/config.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { checkContents, describeFlaws } from './check.ts'
import { pathOf } from './store.ts'

async function upload(person: Client, name: string, content: Buffer | string): Promise<Json> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart]), name)
  return person.post('/files', form)
}

/** `folkmoot check`, as on the command line. */
const check = (config: Config, ...args: string[]) => new Promise<{ code: number; text: string }>((resolve) => {
  const env = { ...process.env, DATABASE_URL: config.databaseUrl!, FOLKMOOT_DATA: config.data }
  const child = execFile(process.execPath, ['server/cli.ts', 'check', ...args], { env }, (_error, text) => resolve({ code: child.exitCode!, text }))
})

test('stored files are read and held against what is known of them', async () => {
  const { ann, bob, host, config } = await scene()
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#4b8' } }).png().toBuffer()
  await upload(ann, 'plan.png', picture)
  for (const person of [ann, bob]) await upload(person, `${person.id === ann.id ? 'one' : 'same'}.txt`, 'of two people')
  await upload(ann, 'fine.txt', 'as it was')
  await upload(ann, 'empty.txt', '')
  expect(await check(config)).toEqual({ code: 0, text: expect.stringMatching(/^stored files: right$/m) })

  const rows = await host.db.selectFrom('files').select(['name', 'sha256', 'thumbnail_sha256']).execute()
  const find = (name: string) => rows.find((row) => row.name === name)!
  const path = (sha256: Buffer | null) => pathOf(config.data, sha256!)
  const [shared, small] = [path(find('one.txt').sha256), path(find('plan.png').thumbnail_sha256)]
  renameSync(shared, `${shared}.away`)
  appendFileSync(small, '!')
  const { code, text } = await check(config)
  expect(code).toBe(3)
  const lines = text.trim().split('\n')
  expect(lines).toContain('stored files: 2 wrong')
  const inStore = (place: string) => place.slice(join(config.data, '/').length)
  expect(lines).toContain(`  missing: ${inStore(shared)} (one.txt, same.txt)`)
  expect(lines).toContain(`  damaged: ${inStore(small)} (the small form of plan.png)`)
  // Nothing here can make a file anew.
  const json = await check(config, '--json', '--repair')
  expect([json.code, JSON.parse(json.text).found.at(-1)]).toMatchObject([3, { name: 'stored files', wrong: 2, repaired: false, flaws: [{}, {}] }])
  renameSync(`${shared}.away`, shared)
})

test('many missing files are counted, and the first of them told', async () => {
  const { ann, host } = await scene()
  const before = await checkContents(host)
  await sql`insert into files (id, owner_id, name, type, size, sha256)
    select gen_random_uuid(), ${ann.id}, 'f' || i, 'text/plain', i, sha256((i % 1100)::text::bytea) from generate_series(1, 1200) i`.execute(host.db)
  const found = await checkContents(host)
  expect([found.wrong - before.wrong, found.flaws.length]).toEqual([1200, 100])
  expect(describeFlaws(found).at(-1)).toBe(`  and ${found.wrong - 100} more`)
  await host.db.deleteFrom('files').where('owner_id', '=', ann.id).execute()
})
