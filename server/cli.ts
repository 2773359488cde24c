import { Command, CommanderError } from 'commander'
import { registerCommunities } from './communities-cli.ts'
import { Refusal } from './kernel/errors.ts'
import { printable } from './kernel/names.ts'

/** What commands end with: 0 done, 1 refused or failed, 2 wrong usage or configuration, 3 found something wrong. */
const EXIT = { done: 0, failed: 1, usage: 2, found: 3 }

const program = new Command('folkmoot')
  .description('Looks after a Folkmoot network. Works beside a running server and without one.')
  .option('--json', 'answer in JSON, for programs').showHelpAfterError().exitOverride()
  .configureOutput({ outputError: (text, write) => write(printable(text)) })

const asJson = () => program.opts().json === true
const say = (text: string) => void process.stdout.write(`${printable(text)}\n`)
/** Answers a program in JSON and a person in words. */
const answer = (result: unknown, words: string) => say(asJson() ? JSON.stringify(result) : words)

/** What an error is called in JSON. */
async function codeOf(error: unknown): Promise<string> {
  if (error instanceof Refusal) return error.code
  return error instanceof (await import('./kernel/config.ts')).ConfigError ? 'configuration' : 'failed'
}

registerCommunities(program, { answer })
// What looks after a network brings all that a network is made of; what needs none starts in a fraction of the time and memory.
if (program.parseOptions(process.argv.slice(2)).operands[0] !== 'communities') {
  const { registerNetwork } = await import('./network-cli.ts')
  registerNetwork(program, { answer, say, asJson, found: EXIT.found })
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
  else {
    const code = await codeOf(error)
    if (asJson()) say(JSON.stringify({ error: code, detail: (error as Error).message }))
    process.stderr.write(`${printable((error as Error).message)}\n`)
    process.exitCode = code === 'configuration' ? EXIT.usage : EXIT.failed
  }
}
