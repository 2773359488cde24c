import pino, { type DestinationStream, type Logger } from 'pino'
import pretty from 'pino-pretty'
import type { Config } from './config.ts'
import { describeError } from './log-errors.ts'

export type Log = Logger

// One for each file of this process, however many programs of ours it opens.
const files = new Map<string, DestinationStream>()

/**
 * Structured logs: one JSON object a line on standard error, or a readable form when that is a terminal; or in a file.
 * Standard output stays free for the address that `npm start` prints and for the command line's answers. Nothing that
 * people wrote, looked for or keep secret stands in it: errors are described by `describeError`, requests by their route.
 */
export function makeLog({ logLevel: level, logFile: file }: Pick<Config, 'logLevel' | 'logFile'>): Log {
  const options = { level, base: null, serializers: { err: describeError } }
  if (file) return pino(options, openFile(file))
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: false }))
  return pino(options, pretty({ destination: 2, sync: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname' }))
}

function openFile(path: string): DestinationStream {
  const known = files.get(path) ?? pino.destination({ dest: path, mkdir: true, append: true, sync: true, mode: 0o600 })
  files.set(path, known)
  return known
}
