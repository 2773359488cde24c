import type { Metadata } from 'sharp'
import { invalid } from './errors.ts'
import { makeTurns } from './turns.ts'

// Loaded with the first picture: the library takes 7 MB before it has done anything.
const decoder = () => (loading ??= load())
let loading: ReturnType<typeof load> | undefined

async function load() {
  const { default: sharp } = await import('sharp')
  // Only the five formats that are shown can be decoded; the library's other readers stay shut, whatever a file claims.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}`) })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

/** The kinds of pictures that are decoded here and shown in the page. SVG is none of them: it is a program. */
export const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']

export const MOST_PIXELS = 40_000_000
const MOST_FRAMES = 2000

export const openPicture = async (file: Buffer, { animated = false } = {}) =>
  (await decoder())(file, { failOn: 'error', limitInputPixels: MOST_PIXELS, animated }).timeout({ seconds: 20 })

/** What a file says of itself; null for what is no picture that can be decoded. @throws Refusal 422 for one that would take unreasonably much to show */
export async function measurePicture(file: Buffer): Promise<Metadata | null> {
  const sharp = await decoder()
  const facts = await sharp(file, { limitInputPixels: false }).metadata().catch(() => null)
  if (facts) refuseBomb(facts)
  return facts
}

export function refuseBomb({ width, height, pages = 1 }: Pick<Metadata, 'width' | 'height' | 'pages'>): void {
  if (width * height > MOST_PIXELS || pages > MOST_FRAMES)
    throw invalid('picture_too_large',
      'This picture has too many pixels or frames. Make it smaller: 40 million pixels, 2,000 frames.')
}

/** Runs work that decodes pictures, when it is its turn: it takes memory and a processor, so two go at a time. */
export const inTurn = makeTurns(2)
