import { orientationOnly } from './tiff.ts'

const EOI = 0xd9
const SOS = 0xda
const isBare = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

/**
 * A JPEG without what it says beside the picture: EXIF, XMP, IPTC, comments, previews, whatever follows its end.
 * The picture, its colour profile and its orientation stay as they are, bit for bit (ITU-T T.81, B.1).
 * @throws RangeError when it is not built as a JPEG is
 */
export function cleanJpeg(file: Buffer, orientation: number): Buffer {
  const kept = [...segments(file)].filter(isNeeded)
  const exif = orientation > 1 ? [exifSegment(orientation)] : []
  return Buffer.concat([file.subarray(0, 2), ...exif, ...kept.map((segment) => segment.bytes)])
}

type Segment = { marker: number; bytes: Buffer }

function isNeeded({ marker, bytes }: Segment): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef) return true
  const says = (text: string) => bytes.toString('latin1', 4, 4 + text.length) === text
  // JFIF with a preview inside is longer than this.
  return (marker === 0xe0 && says('JFIF\0') && bytes.length === 18) || (marker === 0xe2 && says('ICC_PROFILE\0'))
    || (marker === 0xee && says('Adobe'))
}

function* segments(file: Buffer): Generator<Segment> {
  let at = 2
  while (at < file.length) {
    if (file[at] !== 0xff) throw new RangeError('no marker')
    while (file[at + 1] === 0xff) at += 1
    const marker = file[at + 1]
    if (marker === EOI) return yield { marker, bytes: file.subarray(at, at + 2) }
    let end = at + 2
    if (!isBare(marker)) end += file.readUInt16BE(at + 2)
    if (marker === SOS) end = endOfScan(file, end)
    if (end > file.length) throw new RangeError('cut off')
    yield { marker, bytes: file.subarray(at, end) }
    at = end
  }
}

// Within a scan, FF is followed by 00 or by a restart marker.
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1]
    if (next !== 0 && next !== 0xff && !isBare(next)) return at
  }
  return file.length
}

function exifSegment(orientation: number): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationOnly(orientation)])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
