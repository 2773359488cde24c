import type { Readable } from 'node:stream'
import type { Host } from '../../kernel/context.ts'

/**
 * Gives records of files, whose content was not here, the content they stand for. What has some by now keeps it.
 * @param size how many bytes `source` will give
 * @throws Refusal for content that nobody could upload, 507 when there is no room for it
 */
export type FillRecords = (host: Host, ids: string[], source: () => Promise<Readable>, size: number) => Promise<void>

let fill: FillRecords | null = null

/** The feature that keeps contents takes them in here from those that bring history along. */
export const onFill = (how: FillRecords): void => void (fill = how)

export const fillRecords: FillRecords = async (host, ids, source, size) => {
  if (!fill) throw new Error('No feature keeps the contents of files.')
  await fill(host, ids, source, size)
}
