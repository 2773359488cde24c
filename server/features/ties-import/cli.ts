import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Host } from '../../kernel/context.ts'
import { importTies } from './commands.ts'

type Means = {
  withHost: <T>(work: (host: Host) => Promise<T>) => Promise<T>
  answer: (result: unknown, words: string) => void
}

/** Adds `folkmoot import ties <file>`, beside other imports. */
export function registerTiesImport(program: Command, { withHost, answer }: Means): void {
  const imports = program.commands.find((command) => command.name() === 'import') ?? program.command('import')
  imports.command('ties')
    .description('import a list of who turned to whom: from, to, and if known a time and a weight, a line each')
    .argument('<file>')
    .option('--open', 'everybody in the network may read where this comes from, such as a public list: it makes communities, too, not only the map')
    .action(async (given: string, { open = false }: { open?: boolean }) => {
      // npm runs us in the folder of the program; what people type is meant from the folder they are in.
      const theirs = resolve(process.env.INIT_CWD ?? '.', given)
      const done = await withHost((host) => importTies(host, existsSync(theirs) ? theirs : resolve(given), open))
      answer(done, `${done.ties} ties of ${done.people} people from ${done.lines} lines; ${done.new_people} people are new. ${open ? 'Communities are looked for' : 'The map is drawn'} as soon as the server runs.`)
    })
}
