import { open } from 'node:fs/promises'
import { isUtf8 } from 'node:buffer'
import { fileTypeFromFile } from 'file-type'
import { PICTURES } from '../../kernel/pictures.ts'

export const isPicture = (type: string) => PICTURES.includes(type)

/** What browsers may show in place; everything else is downloaded. `width` says that it was decoded here. */
export const isShown = ({ type, width }: { type: string; width: number | null }) =>
  (isPicture(type) && width !== null) || /^(audio|video)\//.test(type)

/** The type that a file's content has, whatever its name or its sender says of it. */
export async function typeOf(path: string): Promise<string> {
  const found = await fileTypeFromFile(path, { signal: AbortSignal.timeout(5000) }).catch(() => undefined)
  if (found) return found.mime === 'image/apng' ? 'image/png' : found.mime
  return (await looksLikeText(path)) ? 'text/plain' : 'application/octet-stream'
}

async function looksLikeText(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    const head = buffer.subarray(0, bytesRead)
    // The last sign may be cut in two.
    return bytesRead > 0 && !head.includes(0) && [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)))
  } finally {
    await file.close()
  }
}
