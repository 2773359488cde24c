import { createReadStream } from 'node:fs'
import { PassThrough, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { weekOf } from '../../core/ties/commands.ts'
import { invalid } from '../../kernel/errors.ts'
import { linesOf as linesIn } from '../../kernel/lines.ts'

/** How often one turned to another in a week, as a file says it; people by the names the file gives them. */
export type FileTie = { from: string; to: string; week: string; count: number }

const MOST_LINES = 50_000_000
const LONGEST = 254
const MOST = 2_000_000_000

const isName = (text: string | undefined) => !!text && text.length <= LONGEST && !/\p{Cc}/u.test(text) && /[^@\s]/.test(text)
// An address is the same in capitals.
const nameOf = (text: string, column: number) => (column < 2 && text.includes('@') ? text.toLowerCase() : text).toWellFormed()

/**
 * Reads `from to [time] [weight]` line by line: separated by tabs, semicolons, commas or blanks, with or without a line
 * of titles, gzipped or not; `#` and `%` begin comments. A time is seconds since 1970 or a date. Ties of one to oneself are left out.
 * @param today the week of ties without a time lies here, in milliseconds since 1970
 * @returns one for each pair and week
 * @throws Refusal 422 `bad_line` that names the line
 */
export async function readTies(path: string, today = Date.now()): Promise<{ ties: FileTie[]; lines: number }> {
  const sums = new Map<string, FileTie>()
  let lines = 0
  let separator: RegExp | null = null
  for await (const line of linesOf(path)) {
    if (++lines > MOST_LINES) throw invalid('too_many_lines', `The file has more than ${MOST_LINES.toLocaleString('en')} lines.`)
    const text = line.trim()
    if (!text || text[0] === '#' || text[0] === '%') continue
    separator ??= /;/.test(text) ? /\s*;\s*/ : /\t/.test(text) ? /\t/ : /,/.test(text) ? /\s*,\s*/ : /\s+/
    const [from, to, ...rest] = text.split(separator).map((cell, i) => nameOf(cell.replace(/^"(.*)"$/, '$1').trim(), i))
    const more = rest.length === 2 && separator.source === '\\s+' && /^\d{4}-\d\d-\d\d$/.test(rest[0]) && /^\d\d:/.test(rest[1]) ? [rest.join(' ')] : rest
    const { time, weight } = measuresOf(more)
    const isWrong = !isName(from) || !isName(to) || more.length > 2 || time === undefined || weight === undefined
    // A first line that cannot be a tie holds titles.
    if (isWrong && sums.size === 0 && lines <= 2 && /^[\p{L}"]/u.test(text)) continue
    if (isWrong) throw invalid('bad_line', `Line ${lines} is no tie: "${text.slice(0, 80)}". Each line says: from, to, and if known a time and a weight.`)
    if (from === to) continue
    const week = weekOf(time ?? today)
    const key = `${from}\n${to}\n${week}`
    const sum = sums.get(key)
    if (sum) sum.count += weight
    else sums.set(key, { from, to, week, count: weight })
  }
  return { ties: [...sums.values()].map((tie) => ({ ...tie, count: Math.min(MOST, Math.max(1, Math.round(tie.count))) })), lines }
}

/** The time (null: none) and weight of a line; undefined for what is neither. */
function measuresOf(cells: string[]): { time?: number | null; weight?: number } {
  let time: number | null = null
  let weight = 1
  for (const cell of cells.filter((one) => one !== '')) {
    const number = Number(cell)
    const isTime = Number.isNaN(number) || number >= 100_000_000
    if (!isTime) weight = number
    else time = Number.isNaN(number) ? Date.parse(/\d:\d\d/.test(cell) && !/[zZ]|[+-]\d\d:?\d\d$/.test(cell) ? `${cell.replace(' ', 'T')}Z` : cell) : number * 1000
  }
  return { time: Number.isNaN(time) || (time !== null && Math.abs(time) > 8e15) ? undefined : time, weight: weight > 0 && weight < 1e9 ? weight : undefined }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path)
  const input = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => {}) : pipeline(file, new PassThrough(), () => {})
  try {
    yield* linesIn(input)
  } catch (error) {
    throw invalid('unreadable', `${path} cannot be read: ${(error as Error).message}`)
  }
}
