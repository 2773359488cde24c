import { createWriteStream, rmSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yazl from 'yazl'

/** Files of an archive by name; values that are not text become JSON. */
export type Files = Record<string, unknown>

const made: string[] = []
process.on('exit', () => made.forEach((path) => rmSync(path, { recursive: true, force: true })))

async function folder(): Promise<string> {
  made.push(await mkdtemp(join(tmpdir(), 'folkmoot-slack-')))
  return made.at(-1)!
}

/** Writes a zip and answers its path. `links` become symbolic links inside it. */
export async function makeZip(files: Files, links: Record<string, string> = {}): Promise<string> {
  const zip = new yazl.ZipFile()
  for (const [name, value] of Object.entries(files)) zip.addBuffer(bytes(value), name)
  for (const [name, target] of Object.entries(links)) zip.addBuffer(Buffer.from(target), name, { mode: 0o120777 })
  zip.end()
  const path = join(await folder(), 'export.zip')
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

/** The bytes of a file's value, as `Files` has it. */
export const bytes = (value: unknown) =>
  Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

/** Renames a file inside a zip to a name of the same length that no honest program would write. */
export async function renameInZip(path: string, from: string, to: string): Promise<string> {
  if (from.length !== to.length) throw new Error('The names must be of one length.')
  const zip = (await readFile(path)).toString('latin1').replaceAll(from, to)
  await writeFile(path, Buffer.from(zip, 'latin1'))
  return path
}

export const user = (id: string, name: string, more: object = {}) => ({
  id,
  team_id: 'T1',
  name,
  deleted: false,
  real_name: name,
  tz: 'Europe/Vienna',
  is_bot: false,
  profile: { real_name: name, email: `${name}@acme.example` },
  ...more,
})

export const channel = (id: string, name: string, members: string[], more: object = {}) => ({
  id,
  name,
  created: 1700000000,
  creator: members[0],
  is_archived: false,
  members,
  topic: { value: '' },
  purpose: { value: `About ${name}` },
  ...more,
})

export const said = (ts: string, user: string, text: string, more: object = {}) => ({
  type: 'message',
  user,
  text,
  ts,
  ...more,
})

/** Ann and Bob in #general, one thread of two. */
export const small = (): Files => ({
  'users.json': [user('U1', 'ann'), user('U2', 'bob')],
  'channels.json': [channel('C1', 'general', ['U1', 'U2'])],
  'general/2023-11-14.json': [
    said('1700000001.000100', 'U1', 'Hello *everybody*, <@U2>'),
    said('1700000002.000200', 'U2', 'Hello <@U1>', { thread_ts: '1700000001.000100', parent_user_id: 'U1' }),
  ],
})
