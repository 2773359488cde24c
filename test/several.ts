import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Config } from '../server/kernel/config.ts'
import { type Running, startFolkmoot } from '../server/start.ts'

/** How many servers a test talks to in turn. */
export const PROCESSES = Number(process.env.FOLKMOOT_PROCESSES ?? 2)

/**
 * Starts the product as it runs on many machines: several whole servers on one database that share no memory of ours, as
 * if they were processes of their own. Behind one address each request and each socket meets the next of them.
 * FOLKMOOT_PROCESSES=1 starts one alone.
 */
export async function startSeveral(config: Config): Promise<Running> {
  const first = await startFolkmoot(config)
  const all = [first]
  // The address that people type is the first one's.
  while (all.length < PROCESSES) all.push(await startFolkmoot({ ...config, ...elsewhere(config), port: 0 }))
  if (all.length > 1) takeTurns(all.map(({ server }) => server))
  const settled = async () => {
    for (const { settled } of all) await settled()
  }
  return {
    ...first,
    // What follows the log writes into it: the others have heard of that only the second time.
    settled: async () => (await settled(), await settled()),
    stop: async () => {
      for (const { stop } of all.toReversed()) await stop()
    },
  }
}

// A network that keeps its files in a bucket needs no folder that its machines share.
const elsewhere = ({ data, s3Url }: Config) => (s3Url === null ? {} : { data: join(data, 'elsewhere') })

/** Whatever comes to the first server is answered by each of them in turn. */
function takeTurns(servers: Server[]): void {
  const [first] = servers
  for (const event of ['request', 'upgrade']) {
    const listeners = servers.map((server) => server.listeners(event))
    let turn = 0
    first.removeAllListeners(event)
    first.on(event, (...args) => {
      const next = turn++ % servers.length
      for (const listener of listeners[next]) listener.apply(servers[next], args)
    })
  }
}
