import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'
import { buildGraph, type Graph, type Ties } from './graph.ts'

export type EdgeList = {
  /** what the file calls each node */
  ids: string[]
  ties: Ties
  /** lines that tie a node to itself; they are left out, the node is not */
  loops: number
}

/** What is wrong with a file of ties, and in which line. */
export class EdgeListError extends Error {}

/** What a pair of nodes weighs that the file has several times: once, as often as it is there, or what its third column adds up to. */
export type Weighing = 'once' | 'lines' | 'column'

/**
 * Reads `from to [weight]` line by line from a file, which may be compressed by gzip. What separates is found in the first
 * line: tabs, semicolons, commas or blanks. Lines that begin with `#` or `%` are comments; column names above are passed over.
 * O(size of the file); keeps the names and 8 bytes a line, 16 with weights.
 * @param path `-` is standard input
 * @param hasWeights whether to read the third column
 * @throws EdgeListError for what is no tie, with its line
 */
export async function readEdgeList(path: string, hasWeights = false): Promise<EdgeList> {
  const reader = new Reader(hasWeights)
  await eachLine(path, (line, number) => reader.read(line, number))
  return reader.end()
}

/** The undirected graph of an edge list. O(n + m) */
export function graphOf({ ties }: EdgeList, weighing: Weighing): Graph {
  const graph = buildGraph(ties)
  if (weighing === 'once') graph.weights.fill(1)
  return graph
}

const LONGEST_LINE = 1 << 20

async function eachLine(path: string, read: (line: string, number: number) => void): Promise<void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let number = 0
  for await (const bytes of open(path)) {
    const text: string = rest + decoder.write(bytes)
    let begin = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      read(text.slice(begin, end), ++number)
      begin = end + 1
    }
    rest = text.slice(begin)
    if (rest.length > LONGEST_LINE) throw new EdgeListError(`Line ${number + 1} is longer than a million characters; this is no list of ties.`)
  }
  rest += decoder.end()
  if (rest) read(rest, number + 1)
}

/** The bytes of a file, unpacked where they begin as gzip does. */
async function* open(path: string): AsyncGenerator<Buffer> {
  const file = path === '-' ? process.stdin : createReadStream(path)
  const parts: AsyncIterator<Buffer> = file[Symbol.asyncIterator]()
  const { value: first = Buffer.alloc(0) } = await parts.next()
  const all = async function* () {
    yield first
    for (let part = await parts.next(); !part.done; part = await parts.next()) yield part.value
  }
  if (first[0] !== 0x1f || first[1] !== 0x8b) return yield* all()
  const unpacked = createGunzip()
  pipeline(Readable.from(all(), { objectMode: false }), unpacked, () => {})
  try {
    yield* unpacked
  } catch (error) {
    throw new EdgeListError(`It cannot be unpacked: ${(error as Error).message}.`)
  }
}

const COLUMN = /^(from|to|source|target|src|dst|sender|recipient|receiver|node_?[ab12]?|[uv]|id_?[12]?|person_?[ab12]?|weight|w)$/i
const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text))

/** Puts lines together to an edge list. */
class Reader {
  readonly #numbers = new Map<string, number>()
  readonly #hasWeights: boolean
  readonly #from = new Column(Uint32Array)
  readonly #to = new Column(Uint32Array)
  readonly #weights = new Column(Float64Array)
  #loops = 0
  #separator: RegExp | string | null = null
  // The first line waits until the second one has shown whether it names columns.
  #first: { fields: string[]; number: number } | null = null

  constructor(hasWeights: boolean) {
    this.#hasWeights = hasWeights
  }

  read(line: string, number: number): void {
    const text = (number === 1 ? line.replace(/^\uFEFF/, '') : line).trim()
    if (this.#separator === null) refuseOther(text)
    if (text === '' || text[0] === '#' || text[0] === '%') return
    const isFirst = this.#separator === null
    this.#separator ??= separatorOf(text)
    const fields = this.#split(text)
    if (isFirst) this.#first = { fields, number }
    else {
      this.#settleFirst(fields)
      this.#add(fields, number)
    }
  }

  end(): EdgeList {
    this.#settleFirst(null)
    const n = this.#numbers.size
    const ties = { n, from: this.#from.values(), to: this.#to.values(), weights: this.#hasWeights ? this.#weights.values() : undefined }
    return { ids: [...this.#numbers.keys()], ties, loops: this.#loops }
  }

  #split(text: string): string[] {
    const fields = text.split(this.#separator!, 3)
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i].trim()
      fields[i] = field.length > 1 && field[0] === '"' && field.endsWith('"') ? field.slice(1, -1) : field
    }
    return fields
  }

  #settleFirst(second: string[] | null): void {
    if (!this.#first) return
    const { fields, number } = this.#first
    this.#first = null
    if (!this.#isHeader(fields, second)) this.#add(fields, number)
  }

  #isHeader([a, b = '', w]: string[], second: string[] | null): boolean {
    if (COLUMN.test(a) && COLUMN.test(b)) return true
    if (this.#hasWeights && w !== undefined && !isNumber(w) && second !== null && isNumber(second[2] ?? '')) return true
    return !isNumber(a) && !isNumber(b) && second !== null && isNumber(second[0]) && isNumber(second[1] ?? '')
  }

  #add([a, b, w]: string[], number: number): void {
    if (!a || !b) throw new EdgeListError(`Line ${number} names ${a || b ? 'only one end' : 'nobody'}; a tie is "from to${this.#hasWeights ? ' weight' : ''}".`)
    const weight = this.#hasWeights ? Number(w || NaN) : 1
    if (!(weight > 0 && weight < Infinity)) throw new EdgeListError(`Line ${number} weighs ${w ? `"${w.slice(0, 40)}"` : 'nothing'}; a weight is a positive number.`)
    const [from, to] = [this.#number(a), this.#number(b)]
    if (from === to) return void this.#loops++
    this.#from.push(from)
    this.#to.push(to)
    if (this.#hasWeights) this.#weights.push(weight)
  }

  #number(id: string): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known
    // A copy: a slice would keep the whole text that it was cut from.
    this.#numbers.set(Buffer.from(id).toString(), this.#numbers.size)
    return this.#numbers.size - 1
  }
}

// How files of other formats begin, before anything that could be a tie.
const OTHERS: [string, RegExp][] = [
  ['GML', /^(creator\b.*|graph\s*\[?)$/i], ['DOT', /^(strict\s+)?(di)?graph\b.*\{/i], ['Pajek', /^\*(vertices|network|arcs|edges)\b/i], ['Matrix Market', /^%%MatrixMarket/],
  ['GraphML or GEXF', /^<(\?xml|graphml|gexf)\b/], ['XML', /^</], ['JSON', /^[[{]/], ['an archive or a program\u2019s own', /^PK\u0003|\0/],
]
const READS = 'lists of ties, "from to [weight]" a line, separated by tabs, semicolons, commas or blanks (.txt, .csv, .tsv), plain or packed by gzip (.gz)'

function refuseOther(line: string): void {
  const [format] = OTHERS.find(([, begins]) => begins.test(line)) ?? []
  if (format) throw new EdgeListError(`This looks like ${format}. What can be read is ${READS}. Most programs for networks save as that: "edge list".`)
}

function separatorOf(line: string): RegExp | string {
  return ['\t', ';', ','].find((sign) => line.includes(sign)) ?? /\s+/
}

/** Numbers of one type, as many as come. */
class Column<T extends Uint32Array | Float64Array> {
  #values: T
  #length = 0

  constructor(type: new (length: number) => T) {
    this.#values = new type(1024)
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#resize(2 * this.#length)
    this.#values[this.#length++] = value
  }

  values(): T {
    return this.#values.subarray(0, this.#length) as T
  }

  #resize(length: number): void {
    const { constructor, buffer, BYTES_PER_ELEMENT } = this.#values
    this.#values = new (constructor as new (buffer: ArrayBuffer) => T)((buffer as ArrayBuffer).transfer(length * BYTES_PER_ELEMENT))
  }
}
