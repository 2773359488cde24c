export type FileFact = {
  name: string
  ref: number
  size: number
  packed: number
  isFolder: boolean
  isLink: boolean
  /** changes when the contents do: a checksum, or a time of change */
  mark: number
}

/** Where an archive's files come from: a zip file or a folder. */
export type Source = {
  size: number
  list: () => AsyncIterable<FileFact>
  /** the bytes a file says it has unpacked; reading ends with an error where there are more */
  sizeOf: (ref: number) => number
  read: (ref: number, name: string) => Promise<AsyncIterable<Buffer>>
  close: () => Promise<void>
}

export type Limits = { totalBytes: number; fileBytes: number; rowBytes: number; files: number; ratio: number }

export const usualLimits: Limits = {
  totalBytes: 20e9,
  fileBytes: 200e6,
  rowBytes: 16e6,
  files: 2_000_000,
  // Exports shrink to about a tenth; a hundredth happens with bots that repeat themselves; a thousandth is a bomb.
  ratio: 250,
}
