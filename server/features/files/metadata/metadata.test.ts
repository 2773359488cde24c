import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { fc, rounds } from '../../../../test/chance.ts'
import { clean } from './clean.ts'

const noise = () => sharp({ create: { width: 61, height: 43, channels: 3, background: '#47c',
  noise: { type: 'gaussian', mean: 128, sigma: 40 } } })
const wordy = (image: Sharp) => image.keepIccProfile()
  .withExif({ IFD0: { Make: 'Telephone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 48/1 0/1' } })
  .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">Telephone</rdf:RDF></x:xmpmeta>')
  .withMetadata({ orientation: 6 }).withIccProfile('p3')

const samples: Record<string, Promise<Buffer>> = {
  'image/jpeg': wordy(noise().jpeg({ progressive: true })).toBuffer(),
  'image/png': wordy(noise().png()).toBuffer(),
  'image/webp': wordy(noise().webp()).toBuffer(),
  'image/avif': wordy(noise().avif({ effort: 0 })).toBuffer(),
}
const pixels = (file: Buffer) => sharp(file, { animated: true }).raw().toBuffer()

test.each(Object.keys(samples))('%s keeps its pixels, colours and orientation, and nothing else', async (type) => {
  const file = await samples[type]
  expect(file.includes('Telephone')).toBe(true)
  const cleaned = clean(type, file, 6)!
  expect(cleaned.includes('Telephone')).toBe(false)
  expect((await pixels(cleaned)).equals(await pixels(file))).toBe(true)
  const [before, after] = await Promise.all([file, cleaned].map((one) => sharp(one).metadata()))
  expect(after.icc).toEqual(before.icc)
  if (type !== 'image/avif') expect(after.orientation).toBe(6)
})

test('a GIF keeps its frames and their timing, not its comments', async () => {
  const frames = await Promise.all(['#f00', '#0f0', '#00f']
    .map((background) => sharp({ create: { width: 9, height: 9, channels: 3, background } }).png().toBuffer()))
  const plain = await sharp(frames, { join: { animated: true } }).gif({ loop: 3, delay: [100, 200, 300] }).toBuffer()
  const comment = Buffer.from('\x21\xfe\x09Telephone\0', 'latin1')
  const file = Buffer.concat([plain.subarray(0, -1), comment, plain.subarray(-1), Buffer.from('Telephone')])
  const cleaned = clean('image/gif', file, 1)!
  expect(cleaned.includes('Telephone')).toBe(false)
  expect((await pixels(cleaned)).equals(await pixels(plain))).toBe(true)
  expect(await sharp(cleaned).metadata()).toMatchObject({ pages: 3, loop: 3, delay: [100, 200, 300] })
})

test('no bytes whatever make it throw or run for ever', async () => {
  const files = await Promise.all(Object.entries(samples).map(async ([type, file]) => [type, await file] as const))
  const change = fc.record({ at: fc.nat(3000), value: fc.nat(255), cut: fc.nat(4000) })
  fc.assert(fc.property(fc.constantFrom(...files, ['image/gif', files[0][1]] as const),
    fc.array(change, { minLength: 1, maxLength: 6 }), ([type, file], changes) => {
    const broken = Buffer.from(file.subarray(0, Math.min(file.length, 12 + changes[0].cut)))
    for (const { at, value } of changes) broken[at % broken.length] = value
    clean(type, broken, 6)
  }), { numRuns: rounds(2000) })
})

const photographs = '../shared/data/files-types/exiftool'
test.skipIf(!existsSync(photographs))('the photographs of many cameras keep every pixel', async () => {
  for (const name of readdirSync(photographs).filter((n) => n.endsWith('.jpg'))) {
    const file = readFileSync(join(photographs, name))
    const before = await pixels(file).catch(() => null)
    if (!before) continue
    const cleaned = clean('image/jpeg', file, 1)
    expect(cleaned, name).not.toBe(null)
    expect((await pixels(cleaned!)).equals(before), name).toBe(true)
  }
})
