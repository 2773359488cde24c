import { isUtf8 } from 'node:buffer'

export type Row = {
  value: unknown
  /** the row's text was not valid UTF-8 and holds replacement characters */ damaged: boolean
}

/** A list that cannot be read to its end. `reason` completes the sentence "The file is not valid: …". */
export class BrokenJson extends Error {}

const [quote, backslash, comma, open, close, openBrace, closeBrace] = [...'"\\,[]{}'].map((sign) => sign.charCodeAt(0))
const nothing = [...'null'].map((sign) => sign.charCodeAt(0))
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/**
 * Reads a JSON file that is one list, row by row, so that a file of any size needs no more memory than its longest row.
 * Some programs write `null` for a list that is empty: it counts as one row that is null.
 *
 *     for await (const { value } of jsonRows(stream, 16_000_000)) …
 *
 * @param longest a row of more bytes than this ends the reading
 * @throws BrokenJson where the file is not a list, is cut off, or a row is not JSON
 */
export async function* jsonRows(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Row> {
  const cutter = new RowCutter(longest)
  for await (const chunk of chunks) for (const row of cutter.cut(chunk)) yield parseRow(row, cutter.count)
  cutter.end()
  if (cutter.isNull) yield { value: null, damaged: false }
}

function parseRow(bytes: Buffer, number: number): Row {
  try {
    return { value: JSON.parse(bytes.toString('utf8')), damaged: !isUtf8(bytes) }
  } catch (error) {
    throw new BrokenJson(`entry ${number} cannot be read (${(error as Error).message})`)
  }
}

/** Finds where the rows of a list begin and end. It knows strings and brackets; JSON.parse judges the rest. */
class RowCutter {
  count = 0
  private null = 0
  private readonly longest: number
  private state: 'before' | 'inside' | 'after' = 'before'
  private depth = 0
  private inString = false
  private escaped = false
  private seenComma = false
  private kept: Buffer[] = []
  private size = 0
  private started = false

  constructor(longest: number) {
    this.longest = longest
  }

  *cut(chunk: Buffer): Generator<Buffer> {
    let from = 0
    // Local variables, because this runs for every byte of an archive.
    let { depth, inString, escaped } = this
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inString = false
      } else if (this.state !== 'inside') {
        this.outside(byte)
        from = i + 1
      } else if (byte === quote) inString = this.started = true
      else if (byte === open || byte === openBrace) {
        depth += 1
        this.started = true
      } else if (depth > 0) depth -= byte === close || byte === closeBrace ? 1 : 0
      else if (byte === comma || byte === close) {
        const row = this.finish(chunk.subarray(from, i), byte)
        if (row) yield row
        from = i + 1
      } else if (!isSpace(byte)) this.started = true
    }
    Object.assign(this, { depth, inString, escaped })
    if (this.state === 'inside') this.keep(Buffer.from(chunk.subarray(from)))
  }

  get isNull(): boolean {
    return this.null === nothing.length
  }

  end(): void {
    if (this.state === 'before' && this.null) throw new BrokenJson('it is not a list')
    if (this.state === 'before') throw new BrokenJson('it is empty')
    if (this.state === 'inside') throw new BrokenJson('it ends in the middle; it was cut off')
  }

  private outside(byte: number): void {
    if (this.state === 'before' && byte === nothing[this.null]) {
      this.null += 1
      if (this.isNull) this.state = 'after'
      return
    }
    if (this.null && this.state === 'before') throw new BrokenJson('it is not a list')
    if (isSpace(byte) || (this.state === 'before' && (byte === 0xef || byte === 0xbb || byte === 0xbf))) return
    if (this.state === 'before' && byte === open) this.state = 'inside'
    else throw new BrokenJson(this.state === 'before' ? 'it is not a list' : 'something follows after its end')
  }

  private keep(part: Buffer): void {
    this.size += part.length
    if (this.size > this.longest) throw new BrokenJson(`entry ${this.count + 1} is longer than ${this.longest} bytes`)
    this.kept.push(part)
  }

  private finish(part: Buffer, byte: number): Buffer | null {
    if (byte === close) this.state = 'after'
    const empty = !this.started
    if (empty && (byte === comma || this.seenComma))
      throw new BrokenJson(`there is nothing where entry ${this.count + 1} should be`)
    this.keep(part)
    const row = this.kept.length === 1 ? this.kept[0] : Buffer.concat(this.kept)
    this.kept = []
    this.size = 0
    this.started = false
    this.seenComma = byte === comma
    if (empty) return null
    this.count += 1
    return row
  }
}
