import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

// Names become paths and SQL: nothing else than what the schema has is taken from a file.
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)

const Old = z.object({
  format: z.literal(1), made_at: z.string(), steps: z.array(z.string()),
  tables: z.array(z.object({ name, rows: count, sha256: digest })),
  sequences: z.array(z.object({ name, value: count })),
})
const Present = Old.extend({
  format: z.literal(2),
  /** the list of contents: how many, their bytes, the SHA-256 of the list, and how many of them could not be read */
  contents: z.object({ count, bytes: count, sha256: digest, lacking: count }),
  /** of everything above, so that no number here can change unseen */
  sha256: digest,
})

/** What a backup says of itself. Format 1 has no list of contents, no digest, and its rows are as JSON has them. */
export type Manifest = z.infer<typeof Old> | z.infer<typeof Present>
export type NewManifest = z.infer<typeof Present>

export const tablePath = (table: string) => join('tables', `${table}.jsonl.gz`)
export const CONTENTS = 'contents.jsonl.gz'
export const contentPath = (sha256: string) => join('files', sha256.slice(0, 2), sha256.slice(2))

const digestOf = ({ sha256: _, ...rest }: NewManifest) => createHash('sha256').update(JSON.stringify(rest)).digest('hex')

/** The manifest with its digest. */
export const seal = (facts: Omit<NewManifest, 'format' | 'sha256'>): NewManifest => {
  const manifest: NewManifest = { format: 2, ...facts, sha256: '' }
  return { ...manifest, sha256: digestOf(manifest) }
}

/** @throws Error in words when the folder is no finished backup, or its manifest is not what was written */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => {
    throw new Error(`${folder} is not a backup, or one that was never finished: it has no manifest.json.`)
  })
  const damaged = new Error(`${join(folder, 'manifest.json')} is damaged: it is not what was written.`)
  const given = parse(text)
  if (!given) throw damaged
  const { format } = given
  if (format !== 1 && format !== 2) throw new Error(`This backup has format ${format}; this version reads formats 1 and 2.`)
  const parsed = format === 1 ? Old.safeParse(given) : Present.safeParse(given)
  if (!parsed.success || (parsed.data.format === 2 && digestOf(given as NewManifest) !== parsed.data.sha256)) throw damaged
  return parsed.data
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
