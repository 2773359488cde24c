import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { lookOver } from './backups.ts'
import { UNFINISHED } from './kernel/backup/write.ts'
import type { Host } from './kernel/context.ts'
import { complain, defineJob } from './kernel/jobs.ts'

const DAY = 86_400_000
// Only what was made here is ever taken away.
const OURS = /^folkmoot-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ/
const nameFor = (moment: Date) => `folkmoot-${moment.toISOString().slice(0, 19).replaceAll(':', '-')}Z`

/**
 * Where BACKUP_DIR names a folder: makes a backup in it, which is read back, and takes away the oldest ones. In a process
 * of its own, so that nobody waits for it. What fails stands in the list of failures.
 */
export const backUpNightly = defineJob<object>('back-up', async (host, _payload, signal) => {
  const { backups } = host.config
  if (!backups) return
  await mkdir(backups.folder, { recursive: true, mode: 0o700 })
  const { lacking } = await runBackup(host, join(backups.folder, nameFor(new Date())), signal)
  if (lacking) await complain(host.db, lookAtNewest, {}, 'newest-backup')
  const made = await finishedIn(backups.folder)
  for (const name of made.slice(0, -backups.kept)) await rm(join(backups.folder, name), { recursive: true })
  await clearUnfinished(backups.folder)
}, { queue: 'heavy' })

const runBackup = ({ config }: Host, folder: string, signal?: AbortSignal) => new Promise<{ lacking: number }>((resolve, reject) => {
  const env = { ...process.env, FOLKMOOT_DATA: config.data, DATABASE_URL: config.databaseUrl ?? '' }
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'cli.ts'), '--json', 'backup', folder]
  execFile(process.execPath, args, { env, signal, maxBuffer: 1 << 24 }, (error, said) => {
    const answer = parse(said)
    if (answer?.contents) resolve(answer)
    else reject(new Error(`No backup was made: ${answer?.detail ?? error?.message ?? 'it said nothing'}`))
  })
})

function parse(text: string) {
  try {
    return JSON.parse(text) as { lacking: number; contents?: object; detail?: string }
  } catch {
    return null
  }
}

/** Looks over the newest backup; fails while something is wrong with it or not in it. */
export const lookAtNewest = defineJob<object>('look-at-newest-backup', async ({ config: { backups } }) => {
  const newest = backups && (await finishedIn(backups.folder)).at(-1)
  if (!newest) return
  const { wrong, faults, lacking } = await lookOver(join(backups.folder, newest))
  if (wrong) throw new Error(`The backup ${newest} is not whole: ${faults[0]}`)
  if (lacking) throw new Error(`The backup ${newest} is without ${lacking} stored files that were missing or damaged when it was made: see "folkmoot check". Put them back, make a new one, then try again.`)
})

/** How old the newest backup is, in seconds; without one, for ever. */
export async function ageOfNewest(folder: string): Promise<number> {
  const newest = (await finishedIn(folder).catch(() => [])).at(-1)
  if (!newest) return Infinity
  return (Date.now() - (await stat(join(folder, newest, 'manifest.json'))).mtimeMs) / 1000
}

const ours = async (folder: string) => (await readdir(folder)).filter((name) => OURS.test(name)).sort()
const finishedIn = async (folder: string) => (await ours(folder)).filter((name) => !UNFINISHED.test(name))

async function clearUnfinished(folder: string): Promise<void> {
  for (const name of (await ours(folder)).filter((one) => UNFINISHED.test(one))) {
    const { mtimeMs } = await stat(join(folder, name))
    if (mtimeMs < Date.now() - DAY) await rm(join(folder, name), { recursive: true })
  }
}
