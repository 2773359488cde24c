import { open, stat } from 'node:fs/promises'
import { invalid } from '../../kernel/errors.ts'
import { openFolder } from './folder-source.ts'
import type { Source } from './source.ts'
import { openZip } from './zip-source.ts'

/**
 * Opens an archive: a zip file, or the folder it was unpacked to.
 * @throws Refusal (422) `archive_missing`, `archive_7z`, `archive_not_zip`
 */
export async function openSource(path: string): Promise<Source> {
  const facts = await stat(path).catch(() => {
    throw invalid('archive_missing', 'There is no file or folder of this name.')
  })
  if (facts.isDirectory()) return openFolder(path)
  if (await isSevenZip(path)) throw invalid('archive_7z', 'This is a .7z file. Unpack it, and pack its files as a zip; on the command line the folder does as well.')
  return openZip(path)
}

const SEVEN_ZIP = Buffer.from('377abcaf271c', 'hex')

async function isSevenZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SEVEN_ZIP.length), 0, SEVEN_ZIP.length, 0)
    return bytesRead === SEVEN_ZIP.length && buffer.equals(SEVEN_ZIP)
  } finally {
    await file.close()
  }
}
