import type { Command } from 'commander'
import type { Host } from '../../kernel/context.ts'
import { readMailbox } from './queries.ts'

type Means = {
  withHost: <T>(work: (host: Host) => Promise<T>) => Promise<T>
  answer: (result: unknown, words: string) => void
}

/** Adds `folkmoot mailbox`: the only place where the links of letters to others can be read. */
export function registerMailbox(program: Command, { withHost, answer }: Means): void {
  program.command('mailbox').description('print the last letters with their links, where no mail server is set')
    .action(async () => {
      const letters = await withHost((host) => readMailbox(host))
      const words = letters.map(({ to, subject, text, created_at }) => `To: ${to}\nDate: ${created_at}\nSubject: ${subject}\n\n${text}`)
      answer({ letters }, words.join('\n\n---\n\n') || 'There are no letters.')
    })
}
