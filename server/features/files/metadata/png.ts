import { crc32 } from 'node:zlib'
import { orientationOnly } from './tiff.ts'

// What the pixels, their colours and their movement need; words, times, EXIF and private chunks are not among it.
const NEEDED = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI',
  'sBIT', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT'])

/**
 * A PNG of the chunks that make the picture and no others; pixels stay bit for bit (PNG, third edition, 5.2).
 * @throws RangeError when it is not built as a PNG is
 */
export function cleanPng(file: Buffer, orientation: number): Buffer {
  const parts = [file.subarray(0, 8)]
  for (let at = 8; ;) {
    const end = at + 12 + file.readUInt32BE(at)
    if (end > file.length) throw new RangeError('cut off')
    const type = file.toString('latin1', at + 4, at + 8)
    if (NEEDED.has(type)) parts.push(file.subarray(at, end))
    if (type === 'IHDR' && orientation > 1) parts.push(chunk('eXIf', orientationOnly(orientation)))
    if (type === 'IEND') return Buffer.concat(parts)
    at = end
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
