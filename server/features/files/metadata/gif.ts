const [EXTENSION, IMAGE, TRAILER] = [0x21, 0x2c, 0x3b]
const [CONTROL, APPLICATION] = [0xf9, 0xff]
// How often an animation repeats; XMP is an application's block too.
const REPEATS = ['NETSCAPE2.0', 'ANIMEXTS1.0']

/**
 * A GIF of its frames and their timing: no comments, no XMP, nothing after its end (GIF89a, appendix B).
 * @throws RangeError when it is not built as a GIF is
 */
export function cleanGif(file: Buffer): Buffer {
  let at = 13 + tableSize(file.readUInt8(10))
  const parts = [file.subarray(0, at)]
  while (file.readUInt8(at) !== TRAILER) {
    const end = endOfBlock(file, at)
    if (isNeeded(file, at)) parts.push(file.subarray(at, end))
    at = end
  }
  return Buffer.concat([...parts, Buffer.from([TRAILER])])
}

const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

function isNeeded(file: Buffer, at: number): boolean {
  if (file[at] === IMAGE || file[at + 1] === CONTROL) return true
  return file[at + 1] === APPLICATION && REPEATS.includes(file.toString('latin1', at + 3, at + 14))
}

function endOfBlock(file: Buffer, at: number): number {
  if (file[at] === EXTENSION) return endOfData(file, at + 2)
  if (file[at] === IMAGE) return endOfData(file, at + 10 + tableSize(file.readUInt8(at + 9)) + 1)
  throw new RangeError('unknown block')
}

/** Behind a chain of sub-blocks, each with its length before it; a length of 0 ends it. */
function endOfData(file: Buffer, from: number): number {
  let at = from
  while (file.readUInt8(at) !== 0) at += 1 + file[at]
  return at + 1
}
