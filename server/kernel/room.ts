import { statfs } from 'node:fs/promises'
import type { Config } from './config.ts'
import { Refusal } from './errors.ts'

/** The bytes that the disk of the data folder has left for us. */
export async function freeBytes({ data }: Pick<Config, 'data'>): Promise<number> {
  const { bavail, bsize } = await statfs(data)
  return bavail * bsize
}

/**
 * Before something large is written: a database on the same disk needs room to go on.
 * @throws Refusal 507
 */
export async function demandRoom(config: Pick<Config, 'data' | 'keepFreeBytes'>, bytes: number): Promise<void> {
  if ((await freeBytes(config)) - bytes < config.keepFreeBytes)
    throw new Refusal(507, 'no_room', 'There is no room left on the server for something of this size. Tell whoever looks after it; nothing was kept.', { retry_after: 60 })
}
