import pino, { type Logger } from 'pino'
import pretty from 'pino-pretty'
import type { Config } from './config.ts'

export type Log = Logger

/**
 * Structured logs: one JSON object a line on standard error, or a readable form when that is a terminal.
 * Standard output stays free for the address that `npm start` prints and for the command line's answers.
 */
export function makeLog(level: Config['logLevel']): Log {
  const options = {
    level, base: null,
    redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token'],
  }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: false }))
  return pino(options, pretty({ destination: 2, sync: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname' }))
}
