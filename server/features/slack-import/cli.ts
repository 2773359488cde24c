import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Host } from '../../kernel/context.ts'
import { openArchive } from './archive.ts'
import { importSlack, surveySlack } from './commands.ts'
import { describe } from './report.ts'
import { type Written } from './schema.ts'

type Means = {
  withHost: <T>(work: (host: Host) => Promise<T>) => Promise<T>
  /** answers a program in JSON and a person in words */
  answer: (result: unknown, words: string) => void
}

/** Adds `folkmoot import slack <zip or folder>`. */
export function registerImport(program: Command, { withHost, answer }: Means): void {
  program
    .command('import')
    .description('bring the history of another system in')
    .command('slack')
    .description('import a Slack export; again, or interrupted, it goes on where it was')
    .argument('<zip or folder>')
    .option('--dry-run', 'only read it and tell what would come')
    .option('--confirm-addresses', 'the e-mail addresses of people who are here already are known to be theirs')
    .action(async (given: string, { dryRun = false, confirmAddresses = false }) => {
      const path = placeOf(given)
      const progress = showProgress()
      if (dryRun) {
        const report = await surveySlack(path, { progress })
        progress.end()
        return answer({ state: 'done', dry_run: true, report }, describe(report))
      }
      // What is no export at all is said before a database is opened.
      await (await openArchive(path)).close()
      const result = await withHost((host) => importSlack(host, path, { progress, confirmAddresses }))
      progress.end()
      answer(result, `${describe(result.report!)}\n\n${told(result.written!)}`)
    })
}

// npm runs us in the folder of the program; what people type is meant from the folder they are in.
const placeOf = (path: string) => {
  const theirs = resolve(process.env.INIT_CWD ?? '.', path)
  return existsSync(theirs) ? theirs : resolve(path)
}

const told = ({ added, changed, unchanged, people, spaces }: Written) =>
  `Written: ${added} new messages, ${changed} changed, ${unchanged} were here already; `
  + `${people} new people, ${spaces} new spaces.`

/** A line that counts, where somebody is looking. */
function showProgress() {
  const isSeen = process.stderr.isTTY
  let shown = 0
  const progress = (messages: number) => {
    if (!isSeen || Date.now() - shown < 200) return
    shown = Date.now()
    process.stderr.write(`\r${messages} messages `)
  }
  return Object.assign(progress, { end: () => void (isSeen && shown && process.stderr.write('\r\x1b[K')) })
}
