import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'folkmoot config '))
afterAll(() => rmSync(folder, { recursive: true }))

test('without any setting it runs here, for this machine alone, on port 8400', () => {
  expect(readConfig({}, folder)).toMatchObject({
    port: 8400, host: '127.0.0.1', url: 'http://localhost:8400', data: join(folder, 'data'), databaseUrl: null, smtpUrl: null,
  })
})

test('the environment goes before the file, and the file before the defaults', () => {
  writeFileSync(join(folder, 'folkmoot.conf'), '# our server\nPORT=8500\nHOST="0.0.0.0"\nFOLKMOOT_URL=https://moot.example/\n')
  expect(readConfig({ PORT: '8600' }, folder)).toMatchObject({ port: 8600, host: '0.0.0.0', url: 'https://moot.example' })
  const other = join(folder, 'other.conf')
  writeFileSync(other, 'FOLKMOOT_DATA=elsewhere\n')
  expect(readConfig({ FOLKMOOT_CONFIG: other }, folder)).toMatchObject({ port: 8400, data: join(folder, 'elsewhere') })
})

test('an empty variable is as good as none, and listening everywhere still has an address that works', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', FOLKMOOT_CONFIG: join(folder, 'other.conf') }, folder).port).toBe(8400)
  expect(readConfig({ HOST: '0.0.0.0', FOLKMOOT_CONFIG: join(folder, 'other.conf') }, folder).url).toBe('http://localhost:8400')
})

test('what ties weigh is given by name', () => {
  const none = join(folder, 'other.conf')
  expect(readConfig({ FOLKMOOT_CONFIG: none }, folder)).toMatchObject({ tieWeights: {}, tieHalfLife: 60 })
  expect(readConfig({ FOLKMOOT_CONFIG: none, TIE_WEIGHTS: 'reply=3, reaction = 0', TIE_HALF_LIFE_DAYS: '90' }, folder)).toMatchObject({ tieWeights: { reply: 3, reaction: 0 }, tieHalfLife: 90 })
  for (const wrong of ['reply', 'reply=-1', 'reply=2;mention=1', '=2']) expect(() => readConfig({ FOLKMOOT_CONFIG: none, TIE_WEIGHTS: wrong }, folder)).toThrow(/TIE_WEIGHTS: must look like/)
})

test('a bucket has a key, its secret and a name', () => {
  const read = (S3_URL: string) => readConfig({ FOLKMOOT_CONFIG: join(folder, 'other.conf'), S3_URL }, folder).s3Url
  expect(read('https://KEY:a%2Fb@s3.example/files?region=eu-central-1')).toBe('https://KEY:a%2Fb@s3.example/files?region=eu-central-1')
  for (const wrong of ['https://s3.example/files', 'https://KEY@s3.example/files', 'https://KEY:secret@s3.example/', 's3://files', 'files'])
    expect(() => read(wrong), wrong).toThrow(/S3_URL: must/)
})

test('every mistake is named, in one error', () => {
  const read = () => readConfig({ PORT: 'eighty', DATABASE_URL: 'mysql://x', SMTP_URL: 'mail.example', LOG_LEVEL: 'loud' }, folder)
  expect(read).toThrow(ConfigError)
  for (const setting of ['PORT', 'DATABASE_URL', 'SMTP_URL', 'LOG_LEVEL']) expect(read).toThrow(setting)
  expect(read).toThrow(/postgres:\/\//)
  expect(() => readConfig({ FOLKMOOT_CONFIG: join(folder, 'nowhere.conf') }, folder)).toThrow(/nowhere\.conf, which does not exist/)
})
