type Box = { type: string; from: number; to: number }
/** Where an item's bytes are; `method` 0 counts from the file's beginning, 1 from that of `idat`. */
type Item = { id: number; method: number; extents: { offset: number; length: number }[] }

/**
 * An AVIF or HEIC whose EXIF and XMP are overwritten with zeros: its parts refer to each other by their place in the
 * file, so nothing may move (ISO/IEC 14496-12, 8.11).
 * @throws RangeError when it is not built as such a file is
 */
export function cleanHeif(original: Buffer): Buffer {
  const file = Buffer.from(original)
  for (const box of boxes(file, 0, file.length)) {
    if (box.type === 'uuid') file.fill(0, box.from, box.to)
    if (box.type === 'meta') blankItems(file, boxes(file, box.from + 4, box.to))
  }
  return file
}

function blankItems(file: Buffer, meta: Box[]): void {
  const [iinf, iloc, idat] = ['iinf', 'iloc', 'idat'].map((type) => meta.find((box) => box.type === type))
  if (!iinf || !iloc) return
  const spoken = new Set(wordyItems(file, iinf))
  for (const { id, method, extents } of readLocations(file, iloc)) {
    if (!spoken.has(id)) continue
    if (method > 1 || (method === 1 && !idat)) throw new RangeError('bytes elsewhere')
    const base = method === 1 ? idat!.from : 0
    for (const { offset, length } of extents) {
      const from = base + offset
      const to = length ? from + length : file.length
      if (to > file.length) throw new RangeError('cut off')
      file.fill(0, from, to)
    }
  }
}

function boxes(file: Buffer, from: number, to: number): Box[] {
  const found: Box[] = []
  for (let at = from; at + 8 <= to;) {
    const short = file.readUInt32BE(at)
    const size = short === 1 ? Number(file.readBigUInt64BE(at + 8)) : short || to - at
    const head = short === 1 ? 16 : 8
    if (size < head || at + size > to) throw new RangeError('cut off')
    found.push({ type: file.toString('latin1', at + 4, at + 8), from: at + head, to: at + size })
    at += size
  }
  return found
}

/** The items that are EXIF or XMP (as `mime`) rather than parts of the picture. */
function wordyItems(file: Buffer, { from, to }: Box): number[] {
  const entries = boxes(file, from + (file.readUInt8(from) === 0 ? 6 : 8), to).filter((box) => box.type === 'infe')
  return entries.flatMap(({ from: at }) => {
    const version = file.readUInt8(at)
    if (version < 2) return []
    const type = at + (version === 2 ? 8 : 10)
    const isWordy = ['Exif', 'mime', 'uri '].includes(file.toString('latin1', type, type + 4))
    return isWordy ? [version === 2 ? file.readUInt16BE(at + 4) : file.readUInt32BE(at + 4)] : []
  })
}

function readLocations(file: Buffer, { from }: Box): Item[] {
  const version = file.readUInt8(from)
  const sizes = file.readUInt16BE(from + 4)
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
  const indexSize = version > 0 ? sizes & 15 : 0
  let at = from + 6
  const next = (size: number) => {
    const value = size === 8 ? Number(file.readBigUInt64BE(at)) : size ? file.readUIntBE(at, size) : 0
    at += size
    return value
  }
  const wide = version < 2 ? 2 : 4
  return Array.from({ length: next(wide) }, () => {
    const id = next(wide)
    const method = version > 0 ? next(2) & 15 : 0
    next(2)
    const base = next(baseSize)
    const extents = Array.from({ length: next(2) }, () => {
      next(indexSize)
      return { offset: base + next(offsetSize), length: next(lengthSize) }
    })
    return { id, method, extents }
  })
}
