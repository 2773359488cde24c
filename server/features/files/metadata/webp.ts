import { orientationOnly } from './tiff.ts'

const NEEDED = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const [HAS_EXIF, HAS_XMP] = [0x08, 0x04]

/**
 * A WebP of the chunks that make the picture and no others; pixels stay bit for bit (RFC 9649, 2).
 * @throws RangeError when it is not built as a WebP is
 */
export function cleanWebp(file: Buffer, orientation: number): Buffer {
  const end = Math.min(file.length, 8 + file.readUInt32LE(4))
  const parts: Buffer[] = []
  let isExtended = false
  for (let at = 12; at + 8 <= end;) {
    const size = file.readUInt32LE(at + 4)
    const next = at + 8 + size + (size % 2)
    if (at + 8 + size > end) throw new RangeError('cut off')
    const type = file.toString('latin1', at, at + 4)
    const bytes = Buffer.from(file.subarray(at, Math.min(next, end)))
    if (type === 'VP8X') {
      isExtended = true
      bytes[8] = (bytes[8] & ~(HAS_EXIF | HAS_XMP)) | (orientation > 1 ? HAS_EXIF : 0)
    }
    if (NEEDED.has(type)) parts.push(bytes)
    at = next
  }
  if (isExtended && orientation > 1) parts.push(chunk('EXIF', orientationOnly(orientation)))
  const body = Buffer.concat(parts)
  const head = Buffer.from('RIFF....WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data])
}
