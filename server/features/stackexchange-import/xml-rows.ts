import { setImmediate } from 'node:timers/promises'
import { Parser } from 'htmlparser2'

/** What is wrong with a file, in words that go on after "it is not valid: ". */
export class BrokenXml extends Error {}

/** The fields of a row, as they are written in its attributes. */
export type XmlRow = Record<string, string>

// Others in this process have their turn between two of them.
const PIECE = 65_536

/**
 * The rows of a file of a dump (`<posts><row Id="1" … /><row … /></posts>`), one after the other, without ever holding the whole
 * file. The reader of XML is a forgiving one: what a strict one would refuse, and words could be lost by, is found here.
 * @param longest a row of more bytes than this ends the reading
 * @throws BrokenXml where the file is cut off, is no list of rows, or a row is not whole
 */
export async function* xmlRows(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<XmlRow> {
  const watch = new RowWatch()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let pending = 0
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE)
      watch.read(decode(decoder, piece))
      const rows = watch.take()
      pending = rows.length ? 0 : pending + piece.length
      if (pending > longest) throw new BrokenXml(`row ${watch.count + 1} is longer than ${longest} bytes`)
      yield* rows
      await setImmediate()
    }
  }
  watch.read(decode(decoder))
  watch.end()
  yield* watch.take()
}

function decode(decoder: TextDecoder, piece?: Buffer): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
  } catch {
    throw new BrokenXml('it holds bytes that are no UTF-8')
  }
}

/** Takes rows from the reader of XML, and refuses whatever stands where a row should. */
class RowWatch {
  count = 0
  private depth = 0
  private isOver = false
  private wrong: string | null = null
  private rows: XmlRow[] = []
  private readonly parser = new Parser({
    onopentag: (name, fields) => this.open(name, fields),
    onattribute: (name, _, quote) => {
      // A quote that is missing makes words of the next rows into names of fields.
      if (!quote || !/^[\w:.-]+$/.test(name)) this.fail(`a field of row ${this.count + 1} has no quotes around it`)
    },
    onclosetag: (_, isImplied) => this.close(isImplied),
    ontext: (words) => {
      if (words.trim()) this.fail(`there are words where row ${this.count + 1} should be`)
    },
    onerror: (error) => this.fail(error.message),
  }, { xmlMode: true, decodeEntities: true })

  read(text: string): void {
    this.parser.write(text)
    if (this.wrong) throw new BrokenXml(this.wrong)
  }

  /** The rows that are whole by now. */
  take(): XmlRow[] {
    const { rows } = this
    this.rows = []
    return rows
  }

  end(): void {
    this.parser.end()
    if (this.wrong) throw new BrokenXml(this.wrong)
    if (!this.isOver) throw new BrokenXml('it is empty')
  }

  private fail(why: string): void {
    this.wrong ??= why
  }

  private open(name: string, fields: XmlRow): void {
    this.depth += 1
    if (this.isOver) return this.fail('something follows after its end')
    if (this.depth === 1) return
    if (this.depth > 2 || name !== 'row') return this.fail(`there is <${name.slice(0, 40)}> where row ${this.count + 1} should be`)
    this.count += 1
    this.rows.push(fields)
  }

  private close(isImplied: boolean): void {
    this.depth -= 1
    // A row closes itself; the list is closed by its own end.
    if (this.depth === 0 && isImplied) this.fail('it ends in the middle; it was cut off')
    if (this.depth === 0) this.isOver = true
  }
}
