import type { Command } from 'commander'
import type { Host } from '../../kernel/context.ts'
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
  program.command('import').description('bring the history of another system in')
    .command('slack').description('import a Slack export; again, or interrupted, it goes on where it was').argument('<zip or folder>')
    .option('--dry-run', 'only read it and tell what would come').option('--confirm-addresses', 'the e-mail addresses of people who are here already are known to be theirs')
    .action(async (path: string, { dryRun = false, confirmAddresses = false }) => {
      const progress = showProgress()
      if (dryRun) {
        const report = await surveySlack(path, { progress })
        progress.end()
        return answer({ state: 'done', dry_run: true, report }, describe(report))
      }
      const result = await withHost((host) => importSlack(host, path, { progress, confirmAddresses }))
      progress.end()
      answer(result, `${describe(result.report!)}\n\n${told(result.written!)}`)
    })
}

const told = ({ added, changed, unchanged, people, spaces }: Written) =>
  `Written: ${added} new messages, ${changed} changed, ${unchanged} were here already; ${people} new people, ${spaces} new spaces.`

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
