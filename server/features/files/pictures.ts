import sharp, { type Metadata } from 'sharp'
import { invalid } from '../../kernel/errors.ts'
import { makeTurns } from '../../kernel/turns.ts'
import { clean } from './metadata/clean.ts'

// Only the five formats that are shown can be decoded; the library's other readers stay shut, whatever a file claims.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}`) })
sharp.cache(false)
sharp.concurrency(1)

const MOST_PIXELS = 40_000_000
const MOST_FRAMES = 2000
export const LARGEST_PICTURE = 100 * 1048576
const THUMBNAIL = 640
const PHOTO = 256

export type Picture = { content: Buffer; width: number; height: number; thumbnail: Buffer }

const open = (file: Buffer) => sharp(file, { failOn: 'error', limitInputPixels: MOST_PIXELS }).timeout({ seconds: 20 })

/**
 * Makes an uploaded picture ready for others: without metadata, measured, with a thumbnail. Null when it cannot be
 * decoded.
 * @throws Refusal 422 for a picture that would take unreasonably much to show
 */
export async function preparePicture(type: string, file: Buffer): Promise<Picture | null> {
  const facts = await sharp(file, { limitInputPixels: false }).metadata().catch(() => null)
  if (!facts) return null
  refuseBomb(facts)
  // The decoder believes a GIF's frames, browsers the screen that it claims to fill.
  if (type === 'image/gif') refuseBomb({ width: file.readUInt16LE(6), height: file.readUInt16LE(8) })
  try {
    const content = clean(type, file, facts.orientation ?? 1) ?? (await encodeAgain(file, facts))
    const { width, height } = facts.autoOrient
    return { content, width, height, thumbnail: await thumbnailOf(content) }
  } catch {
    return null
  }
}

function refuseBomb({ width, height, pages = 1 }: Pick<Metadata, 'width' | 'height' | 'pages'>): void {
  if (width * height > MOST_PIXELS || pages > MOST_FRAMES)
    throw invalid('picture_too_large',
      'This picture has too many pixels or frames. Make it smaller: 40 million pixels, 2,000 frames.')
}

// A picture that decodes but is built oddly: its pixels are written anew, which leaves everything else behind.
const encodeAgain = (file: Buffer, { format, pages = 1 }: Metadata) =>
  sharp(file, { failOn: 'error', limitInputPixels: MOST_PIXELS, animated: pages > 1 }).timeout({ seconds: 60 })
    .autoOrient().keepIccProfile().toFormat(format === 'heif' ? 'avif' : format!, { quality: 90 }).toBuffer()

const thumbnailOf = (file: Buffer) =>
  open(file).autoOrient().resize({ width: THUMBNAIL, height: THUMBNAIL, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 }).toBuffer()

/** The middle of a picture as a profile photo: square, WebP, nothing else in it. @throws Refusal 422 */
export async function squarePhoto(file: Buffer): Promise<{ content: Buffer; side: number }> {
  try {
    const square = open(file).autoOrient().resize(PHOTO, PHOTO, { fit: 'cover' })
    return { content: await square.webp({ quality: 85 }).toBuffer(), side: PHOTO }
  } catch {
    throw invalid('not_a_picture', 'A photo is a PNG, JPEG, GIF, WebP or AVIF picture.')
  }
}

/** Runs work that decodes pictures, when it is its turn: it takes memory and a processor, so two go at a time. */
export const inTurn = makeTurns(2)
