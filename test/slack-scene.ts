import { readFile } from 'node:fs/promises'
import { afterAll } from 'vitest'
import { openHost } from '../server/host.ts'
import type { Host } from '../server/kernel/context.ts'
import { type Client, type Json, server } from '../server/scene.ts'
import { channel, type Files, makeZip, said, user } from './slack-archives.ts'

let opened: Promise<{ host: Host; close: () => Promise<void> }> | undefined
/** The program's means, beside the running server; as the command line has them. */
export const host = async () => (await (opened ??= server().then(({ config }) => openHost(config)))).host
afterAll(async () => (await opened)?.close())

let serial = 100
/** Each test has a workspace of its own: its ids begin with a number nobody else has. */
export const workspace = () => {
  const n = ++serial
  return {
    u: (i: number) => `U${n}X${i}`,
    c: (i: number) => `C${n}X${i}`,
    room: `room${n}`,
    handle: (name: string) => `${name}.s${n}`,
  }
}
export type Workspace = ReturnType<typeof workspace>
export const people = ({ u, handle }: Workspace) => [user(u(1), handle('ann')), user(u(2), handle('bob'))]

/** Two people, a thread of two, a reaction, a file, a quiet line. */
export const base = (w: Workspace): Files => ({
  'users.json': people(w),
  'channels.json': [channel(w.c(1), w.room, [w.u(1), w.u(2)])],
  [`${w.room}/2023-11-14.json`]: [
    said('1700000001.000100', w.u(1), `Hello *everybody*, <@${w.u(2)}> #plans`, {
      reply_count: 1,
      reactions: [{ name: 'tada', users: [w.u(2)] }],
    }),
    said('1700000002.000100', w.u(2), 'Hello', {
      thread_ts: '1700000001.000100',
      parent_user_id: w.u(1),
      files: [{ id: 'F1', name: 'a.png', mimetype: 'image/png', size: 5 }],
    }),
    said('1700000003.000100', w.u(1), `<@${w.u(1)}> has joined the channel`, { subtype: 'channel_join' }),
  ],
})

/** Uploads an archive as the browser does. */
export const send = async (files: Files | string, as: Client, query = '', name = 'export.zip') => {
  const form = new FormData()
  form.append(
    'file',
    new Blob([await readFile(typeof files === 'string' ? files : await makeZip(files))]),
    name,
  )
  return as.post(`/imports${query}`, form)
}

/** The import when it has ended. */
export async function finished(as: Client, id: string): Promise<Json> {
  for (let waited = 0; waited < 60_000; waited += 25) {
    const job = await as.get(`/imports/${id}`)
    if (job.state === 'done' || job.state === 'failed') return job
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('The import did not end.')
}

const tables = [
  'people',
  'spaces',
  'memberships',
  'entries',
  'entry_versions',
  'notices',
  'reactions',
  'mentions',
  'topics',
  'files',
  'entry_files',
  'events',
  'external_ids',
  'slack_spaces',
  'slack_entries',
  'slack_files',
  'external_entries',
  'questions',
  'attributions',
  'notifications',
]

// A job looks for communities when it comes to it, after the import that asked for it.
const LATER = `where type <> 'communities.found'`

/** What the database holds, table by table, when nothing is under way any more; the numbers of the log are given later, by the relay. */
export async function contents(): Promise<Record<string, string>> {
  await (await server()).running.settled()
  const { pool } = await host()
  const sums = tables.map(
    (
      table,
    ) => `select '${table}' as name, count(*) || ' ' || coalesce(md5(string_agg(row, e'\\n' order by row)), '') as sum
    from (select (to_jsonb(t) - 'seq')::text as row from ${table} t ${table === 'events' ? LATER : ''}) rows`,
  )
  return Object.fromEntries((await pool.query(sums.join(' union all '))).rows.map((row) => [row.name, row.sum]))
}

export const spaceOf = async (as: Client, name: string): Promise<Json> =>
  (await as.get(`/spaces?q=${name}`)).items.find((space: Json) => space.name === name)
export const entriesOf = async (as: Client, space: string, view = 'flat'): Promise<Json[]> =>
  (await as.get(`/spaces/${space}/entries?view=${view}&limit=100`)).items.reverse()
