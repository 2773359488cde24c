// About how many microseconds the reader of Markdown needs, measured on texts of every construct: what it makes of lines
// and signs grows with their number; what it compares with each other within a block grows with the product.
const LINE = 12
const CONTAINED = 30
const LEVEL = 20
const LED = 30
const SIGN = 5
const CELL = 15
const PARAGRAPH = 10
const CHARACTER = 0.2
const DELIMITERS = 0.08
const BRACKETS = 0.4
const LINES_WITHIN = 0.015
const LAZY = 0.1

const deepest = 16

/**
 * A guess at the effort of reading a body as Markdown, in microseconds, found in one pass; never much less than what it
 * takes. Infinity where it is nested so deep that nobody means it.
 */
export function effort(body: string): number {
  let sum = body.length * CHARACTER
  let block = new Block()
  for (const line of body.split(/\r\n?|\n/)) {
    sum += LINE
    if (line.trim() === '') {
      sum += block.effort()
      block = new Block()
      continue
    }
    const depth = containers(line)
    if (depth > deepest) return Infinity
    block.add(line, depth)
  }
  return sum + block.effort()
}

/** What is read together: lines without an empty one between them. */
class Block {
  #sum = PARAGRAPH
  #delimiters = 0
  #active = 0
  #opening = 0
  #closing = 0
  #contained = 0
  #lazy = 0
  #isTable = false

  add(line: string, depth: number): void {
    if (depth) this.#contained += 1
    else if (this.#contained) this.#lazy += 1
    this.#sum += depth ? CONTAINED + LEVEL * depth : 0
    this.#isTable ||= line.includes('|')
    if (this.#isTable || /^\s{0,3}[#`~<]/.test(line)) this.#sum += LED
    for (let i = 0; i < line.length; i++) this.#addSign(line, i)
  }

  #addSign(line: string, i: number): void {
    const code = line.charCodeAt(i)
    if (!isSign(code)) return
    this.#sum += SIGN
    const sign = line[i]
    if (sign === '|') this.#sum += CELL
    else if (sign === '[') this.#opening += 1
    else if (sign === ']') this.#closing += 1
    else if (sign === '*' || sign === '_' || sign === '~') {
      this.#delimiters += 1
      if (mayMark(sign, line[i - 1], line[i + 1])) this.#active += 1
    }
  }

  effort(): number {
    return this.#sum + DELIMITERS * this.#active * this.#delimiters + BRACKETS * this.#opening * this.#closing
      + LINES_WITHIN * (this.#contained + this.#lazy) * this.#contained + LAZY * this.#lazy * (this.#contained && this.#contained + this.#lazy)
  }
}

/** The signs of ASCII that mean something in Markdown now and then; letters, digits and `,.:;-` cost nothing by themselves. */
const isSign = (code: number) => (code > 32 && code < 44) || code === 60 || code === 62 || code === 64 || (code > 90 && code < 97) || (code > 122 && code < 127)

const mayMark = (sign: string, before: string | undefined, after: string | undefined) =>
  !(isBlank(before) && isBlank(after)) && !(sign === '_' && isWord(before) && isWord(after))

const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

/** How many quotes and lists a line opens, counting its indentation as possible continuations. */
function containers(line: string): number {
  let count = 0
  let spaces = 0
  let i = 0
  for (; i < line.length; i++) {
    const sign = line[i]
    if (sign === ' ') spaces += 1
    else if (sign === '\t') spaces += 4
    else if (sign === '>') count += 1
    else if ((sign === '-' || sign === '*' || sign === '+') && isBlank(line[i + 1])) count += 1
    else {
      const digits = numberLength(line, i)
      if (!digits) break
      count += 1
      i += digits
    }
  }
  const isRule = i === line.length && /^[ \t]*(?:-[ \t]*|\*[ \t]*|\+[ \t]*)+$/.test(line.slice(0, 1_000)) && !line.includes('>')
  if (isRule && count > 2) return 1
  return count && count + Math.floor(Math.max(0, spaces - count) / 2)
}

const isBlank = (sign: string | undefined) => sign === undefined || sign === ' ' || sign === '\t'

/** The length of `12.` or `12)` as a list's number at this place, less one; 0 when there is none. */
function numberLength(line: string, at: number): number {
  let i = at
  while (i - at < 9 && line[i] >= '0' && line[i] <= '9') i += 1
  return i > at && (line[i] === '.' || line[i] === ')') && isBlank(line[i + 1]) ? i - at : 0
}
