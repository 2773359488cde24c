import type { Command } from 'commander'
import { backUp, bringBack, lookOver } from './backups.ts'
import type { Verdict } from './kernel/backup/verify.ts'
import type { Host } from './kernel/context.ts'

type Means = {
  withHost: <T>(work: (host: Host) => Promise<T>, how?: { isMigrated: boolean }) => Promise<T>
  answer: (result: unknown, words: string) => void
  /** what a command ends with that found something wrong */
  found: number
}

/** Adds what makes, proves and restores backups. */
export function registerBackup(program: Command, { withHost, answer, found }: Means): void {
  const tell = (folder: string, verdict: Verdict, words: string) => {
    const { manifest: { made_at, tables, ...more }, wrong, faults, lacking } = verdict
    const contents = more.format === 2 ? more.contents : undefined
    answer({ folder, made_at, tables, contents, wrong, faults, lacking }, [words, ...faults, ...warn(lacking)].join('\n'))
    if (wrong || lacking) process.exitCode = found
  }
  const verify = async (folder: string) => {
    const verdict = await lookOver(folder)
    tell(folder, verdict, verdict.wrong ? `The backup is not whole: ${verdict.wrong} faults.` : `The backup is whole: ${sizeOf(verdict)}, made at ${verdict.manifest.made_at}.`)
  }
  program.command('backup').description('write everything into a new folder, and read it back').argument('<folder>')
    .option('--verify', 'only look whether a backup that is there is whole')
    .action(async (folder, options) => {
      if (options.verify) return verify(folder)
      const verdict = await withHost((host) => backUp(host, folder))
      tell(folder, verdict, `${sizeOf(verdict)} are in ${folder}, and were read back.`)
    })
  program.command('restore').description('put a backup into an empty network').argument('<folder>').option('--verify', 'only look whether the backup is whole')
    .action(async (folder, options) => {
      if (options.verify) return verify(folder)
      const verdict = await withHost((host) => bringBack(host, folder), { isMigrated: false })
      tell(folder, verdict, `Restored: ${sizeOf(verdict)}, made at ${verdict.manifest.made_at}.`)
    })
}

function sizeOf({ manifest }: Verdict): string {
  const rows = `${manifest.tables.reduce((n, table) => n + table.rows, 0)} rows of ${manifest.tables.length} tables`
  return manifest.format === 1 ? rows : `${rows} and ${manifest.contents.count} files`
}

const warn = (lacking: number) =>
  lacking ? [`${lacking} stored files were missing or damaged before the backup was made, and are not in it: see \`folkmoot check\`.`] : []
