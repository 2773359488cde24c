import type { PoolClient } from 'pg'

/** Bytes that rows speak of and that lie beside the tables, by the name of their SHA-256 in hexadecimal. */
export type Content = { sha256: string; size: number }

/** By table: what a row of it speaks of. Its values are text, in old backups what JSON has. */
export type Names = { named: Record<string, (row: Record<string, unknown>) => Content[]> }

/** Whoever keeps contents, as a backup sees them. */
export type Store = Names & {
  /** copies a content to a new file. @throws with the code ENOENT when it is not there */
  copyOut: (content: Content, to: string) => Promise<void>
  /** keeps everything in the store until the connection ends */
  hold: (client: PoolClient) => Promise<unknown>
  /** takes a content in from a file. @throws Error when the file holds another one */
  takeIn: (path: string, content: Content) => Promise<void>
}
