import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { contentsOf } from './contents.ts'
import { hashOf, packedLinesOf } from './files.ts'
import { CONTENTS, contentPath, type Manifest, readManifest, tablePath } from './manifest.ts'
import type { Names } from './store.ts'

/** What was found in a backup: how much is wrong, and the first hundred of it in words. */
export type Verdict = { manifest: Manifest; wrong: number; faults: string[]; lacking: number }

const MOST_TOLD = 100

/**
 * Looks a backup over without restoring it: every table is there, each of its lines a row and as many as there should be,
 * and every content is what its name says. Nothing but reading; in bounded memory.
 * @throws Error when the folder is no backup or its manifest is damaged
 */
export async function verifyBackup(folder: string, store: Names): Promise<Verdict> {
  const verdict: Verdict = { manifest: await readManifest(folder), wrong: 0, faults: [], lacking: 0 }
  const tell = (fault: string | null) => {
    if (!fault) return
    verdict.wrong++
    if (verdict.faults.length < MOST_TOLD) verdict.faults.push(fault)
  }
  const { manifest } = verdict
  for (const { name, rows, sha256 } of manifest.tables) tell(await readLines(folder, tablePath(name), { rows, sha256 }))
  if (manifest.format === 2) {
    const { count, sha256 } = manifest.contents
    tell(await readLines(folder, CONTENTS, { rows: count, sha256 }))
  }
  // What is damaged cannot say which contents there should be.
  if (verdict.wrong) return verdict
  for await (const content of contentsOf(folder, manifest, store)) {
    if (content.lacks) verdict.lacking++
    else tell(await inspect(folder, content))
  }
  return verdict
}

/** Why a file of JSON lines is not what was written, with the line where that shows; null when it is. */
async function readLines(folder: string, path: string, { rows, sha256 }: { rows: number; sha256: string }): Promise<string | null> {
  const hash = createHash('sha256')
  let line = 0
  try {
    for await (const text of packedLinesOf(join(folder, path), hash)) {
      line++
      if (!isObject(text)) return `${path} is damaged in line ${line}: it is no row.`
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return `${path} is missing.`
    return `${path} is damaged behind line ${line}: ${(error as Error).message}.`
  }
  if (line !== rows) return `${path} has ${line} lines, not ${rows}.`
  return hash.digest('hex') === sha256 ? null : `${path} is damaged: it is not what was written.`
}

function isObject(text: string): boolean {
  try {
    return text[0] === '{' && !!JSON.parse(text)
  } catch {
    return false
  }
}

async function inspect(folder: string, { sha256, size }: { sha256: string; size: number }): Promise<string | null> {
  const path = contentPath(sha256)
  try {
    const found = await hashOf(join(folder, path))
    if (found.size !== size) return `${path} has ${found.size} bytes, not ${size}.`
    return found.sha256 === sha256 ? null : `${path} is damaged: it is not what was written.`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? `${path} is missing.` : `${path} cannot be read: ${(error as Error).message}.`
  }
}
