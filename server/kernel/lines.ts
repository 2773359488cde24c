const LINE_END = 0x0a

/**
 * The lines of a stream of bytes in UTF-8, without their ends. A line ends at `\n` and nowhere else: JSON lines hold
 * U+2028, U+2029, U+0085 and `\r` inside of texts, where other readers of lines would cut.
 */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  for await (const chunk of source) {
    let begin = 0
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, begin)) {
      parts.push(chunk.subarray(begin, end))
      yield Buffer.concat(parts).toString()
      parts = []
      begin = end + 1
    }
    if (begin < chunk.length) parts.push(chunk.subarray(begin))
  }
  if (parts.length) yield Buffer.concat(parts).toString()
}
