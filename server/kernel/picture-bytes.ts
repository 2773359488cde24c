import { z } from 'zod'

/** So large is a small picture that comes in JSON at most. */
export const MOST_PICTURE_BYTES = 262_144

/** The bytes of a small picture in base64. */
export const PictureBytes = z.string().min(4).max(360_000, { message: 'takes at most 256 kB' }).regex(/^[A-Za-z0-9+/]+={0,2}$/, { message: 'must be base64' })
