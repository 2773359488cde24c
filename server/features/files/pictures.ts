import type { Metadata } from 'sharp'
import { invalid } from '../../kernel/errors.ts'
import { measurePicture, openPicture as open, refuseBomb } from '../../kernel/pictures.ts'
import { clean } from './metadata/clean.ts'

export { inTurn } from '../../kernel/pictures.ts'

export const LARGEST_PICTURE = 100 * 1048576
const THUMBNAIL = 640
const PHOTO = 256

export type Picture = { content: Buffer; width: number; height: number; thumbnail: Buffer }

/**
 * Makes an uploaded picture ready for others: without metadata, measured, with a thumbnail. Null when it cannot be
 * decoded.
 * @throws Refusal 422 for a picture that would take unreasonably much to show
 */
export async function preparePicture(type: string, file: Buffer): Promise<Picture | null> {
  const facts = await measurePicture(file)
  if (!facts) return null
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

// A picture that decodes but is built oddly: its pixels are written anew, which leaves everything else behind.
const encodeAgain = async (file: Buffer, { format, pages = 1 }: Metadata) =>
  (await open(file, { animated: pages > 1 })).timeout({ seconds: 60 }).autoOrient().keepIccProfile().toFormat(format === 'heif' ? 'avif' : format!, { quality: 90 }).toBuffer()

const thumbnailOf = async (file: Buffer) =>
  (await open(file)).autoOrient().resize({ width: THUMBNAIL, height: THUMBNAIL, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 }).toBuffer()

/** The middle of a picture as a profile photo: square, WebP, nothing else in it. @throws Refusal 422 */
export async function squarePhoto(file: Buffer): Promise<{ content: Buffer; side: number }> {
  try {
    const square = (await open(file)).autoOrient().resize(PHOTO, PHOTO, { fit: 'cover' })
    return { content: await square.webp({ quality: 85 }).toBuffer(), side: PHOTO }
  } catch {
    throw invalid('not_a_picture', 'A photo is a PNG, JPEG, GIF, WebP or AVIF picture.')
  }
}
