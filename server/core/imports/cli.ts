import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Host } from '../../kernel/context.ts'
import { importArchive, surveyArchive } from './commands.ts'
import { type Importer, listImporters } from './importers.ts'
import type { Written } from './schema.ts'
import { nameIn } from './target.ts'

type Means = {
  withHost: <T>(work: (host: Host) => Promise<T>) => Promise<T>
  /** answers a program in JSON and a person in words */
  answer: (result: unknown, words: string) => void
}

type Wish = { dryRun?: boolean; confirmAddresses?: boolean; name?: string; space?: string }

/** Adds `folkmoot import <kind> <zip or folder>` for each kind of archive. */
export function registerImports(program: Command, means: Means): void {
  const command = program.command('import').description('bring the history of another system in')
  for (const importer of listImporters()) {
    const one = command.command(importer.kind).argument('<zip or folder>')
      .description(`import a ${importer.title}; again, or interrupted, it goes on where it was`)
      .option('--dry-run', 'only read it and tell what would come')
    if (importer.hasOneSpace)
      one.option('--name <name>', 'how the space shall be called that it becomes; else as the site').option('--space <id>', 'the space of ours that it goes into')
    else one.option('--confirm-addresses', 'the e-mail addresses of people who are here already are known to be theirs')
    one.action((given: string, wish: Wish) => run(importer, given, wish, means))
  }
}

async function run(importer: Importer, given: string, { dryRun, confirmAddresses, name, space }: Wish, { withHost, answer }: Means): Promise<void> {
  const path = placeOf(given)
  const progress = showProgress()
  if (dryRun) {
    const report = await surveyArchive(importer, path, { progress })
    progress.end()
    return answer({ state: 'done', dry_run: true, report }, importer.describe(report))
  }
  // What is no export at all is said before a database is opened.
  await (await importer.open(path)).close()
  const target = importer.hasOneSpace ? { name: name ?? nameIn(path) ?? undefined, space } : {}
  const result = await withHost((host) => importArchive(host, importer, path, { progress, confirmAddresses, ...target }))
  progress.end()
  answer(result, `${importer.describe(result.report!)}\n\n${told(result.written!)}`)
}

// npm runs us in the folder of the program; what people type is meant from the folder they are in.
const placeOf = (path: string) => {
  const theirs = resolve(process.env.INIT_CWD ?? '.', path)
  return existsSync(theirs) ? theirs : resolve(path)
}

const told = ({ added, changed, unchanged, people, spaces }: Written) =>
  `Written: ${added} new entries, ${changed} changed, ${unchanged} were here already; `
  + `${people} new people, ${spaces} new spaces.`

/** A line that counts, where somebody is looking. */
function showProgress() {
  const isSeen = process.stderr.isTTY
  let shown = 0
  const progress = (entries: number) => {
    if (!isSeen || Date.now() - shown < 200) return
    shown = Date.now()
    process.stderr.write(`\r${entries} entries `)
  }
  return Object.assign(progress, { end: () => void (isSeen && shown && process.stderr.write('\r\x1b[K')) })
}
