import { cleanGif } from './gif.ts'
import { cleanHeif } from './heif.ts'
import { cleanJpeg } from './jpeg.ts'
import { cleanPng } from './png.ts'
import { cleanWebp } from './webp.ts'

const cleaners: Record<string, (file: Buffer, orientation: number) => Buffer> = {
  'image/jpeg': cleanJpeg, 'image/png': cleanPng, 'image/webp': cleanWebp, 'image/gif': cleanGif,
  'image/avif': cleanHeif, 'image/heic': cleanHeif, 'image/heif': cleanHeif,
}

export const canClean = (type: string) => type in cleaners

/**
 * The same picture without the words around it (place, camera, time, names, previews); null when it is built in a way
 * that cannot be followed.
 * @param orientation how the camera was held, by EXIF (1 to 8): the one fact that is kept
 */
export function clean(type: string, file: Buffer, orientation: number): Buffer | null {
  try {
    return cleaners[type](file, orientation)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
