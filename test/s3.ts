import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// @ts-expect-error It describes no types.
import S3rver from '@20minutes/s3rver'

/** A server that speaks S3, in this process, with one bucket in a folder; `url` is an S3_URL for it. */
export async function startS3() {
  const directory = mkdtempSync(join(tmpdir(), 'folkmoot-s3-'))
  const open = async (port: number) => {
    const server = new S3rver({ address: '127.0.0.1', port, silent: true, directory, configureBuckets: [{ name: 'bucket' }] }) as { run: () => Promise<AddressInfo>; httpServer: Server }
    const address = await server.run()
    return { server: server.httpServer, port: address.port }
  }
  let { server, port } = await open(0)
  const stop = async () => {
    const gone = new Promise((done) => server.close(done))
    server.closeAllConnections()
    await gone
  }
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/bucket/acme?region=eu-central-1`,
    /** where an object lies that we keep under this name */
    pathOf: (name: string) => join(directory, 'bucket/acme', `${name}._S3rver_object`),
    stop,
    start: async () => void ({ server } = await open(port)),
    remove: async () => {
      await stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
