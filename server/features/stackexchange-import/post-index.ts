import { hash } from 'node:crypto'
import { idAt } from '../../kernel/ids.ts'

/** What is kept in memory of a post while a dump is read. Of questions `link` is the answer that was accepted, of answers their question. */
export type Place = { id: number; at: number; isQuestion: boolean; link: number }

const COLUMNS = 3

/**
 * Which posts there are, with their moments and what they belong to: 25 bytes each, so that a dump of any size can be read one row
 * at a time, and a link leads to what is only written later.
 */
export class PostIndex {
  /** the site's own mark, of which all its ids are made */
  site = ''
  size = 0
  private numbers = new Float64Array(1024 * COLUMNS)
  private kinds = new Uint8Array(1024)
  private isSorted = true
  /** no two rows have one id */
  isSure = true

  add({ id, at, isQuestion, link }: Place): void {
    if (this.size === this.kinds.length) this.grow()
    if (this.size && this.numbers[(this.size - 1) * COLUMNS] >= id) this.isSorted = false
    this.numbers.set([id, at, link], this.size * COLUMNS)
    this.kinds[this.size++] = isQuestion ? 1 : 0
  }

  /**
   * The posts of a dump stand in the order of their ids; where they do not, they are put into it. The first of two of one id counts.
   * @returns how many others there were
   */
  settle(): number {
    if (this.isSorted) return 0
    const before = this.size
    this.isSure = false
    const order = Uint32Array.from({ length: this.size }, (_, i) => i).sort((a, b) => this.numbers[a * COLUMNS] - this.numbers[b * COLUMNS] || a - b)
    const [numbers, kinds] = [new Float64Array(this.numbers.length), new Uint8Array(this.kinds.length)]
    let size = 0
    for (const from of order) {
      const row = this.numbers.subarray(from * COLUMNS, (from + 1) * COLUMNS)
      if (size && numbers[(size - 1) * COLUMNS] === row[0]) continue
      numbers.set(row, size * COLUMNS)
      kinds[size++] = this.kinds[from]
    }
    Object.assign(this, { numbers, kinds, size, isSorted: true })
    return before - size
  }

  *all(): Generator<Place> {
    for (let i = 0; i < this.size; i++) yield this.placeAt(i)
  }

  find(id: number): Place | null {
    let [low, high] = [0, this.size - 1]
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.numbers[middle * COLUMNS]
      if (found === id) return this.placeAt(middle)
      if (found < id) low = middle + 1
      else high = middle - 1
    }
    return null
  }

  /** A post whose thread is here: a question, or an answer to one. */
  findWhole(id: number): Place | null {
    const place = this.find(id)
    return place && (place.isQuestion || this.find(place.link)?.isQuestion) ? place : null
  }

  /** What a post is called here. The same each time, whatever dump of the site brings it. */
  entryOf({ id, at }: Pick<Place, 'id' | 'at'>, sort: 'post' | 'comment' = 'post'): string {
    return idAt(at, hash('sha256', `stackexchange:${this.site}:${sort}:${id}`, 'buffer'))
  }

  private placeAt(i: number): Place {
    const [id, at, link] = this.numbers.subarray(i * COLUMNS, (i + 1) * COLUMNS)
    return { id, at, link, isQuestion: this.kinds[i] === 1 }
  }

  private grow(): void {
    const numbers = new Float64Array(this.numbers.length * 2)
    const kinds = new Uint8Array(this.kinds.length * 2)
    numbers.set(this.numbers)
    kinds.set(this.kinds)
    Object.assign(this, { numbers, kinds })
  }
}
