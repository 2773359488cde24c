import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A NATS server for tests: it can be stopped, paused and started again at the same address. */
export type Nats = { url: string; start: () => Promise<void>; kill: (signal: NodeJS.Signals) => void; stop: () => Promise<void> }

// Debian puts it where only root looks.
const program = () => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin'].map((folder) => join(folder, 'nats-server')).find(existsSync)

/** Starts a NATS server at a free port; null where there is no `nats-server`. */
export async function startNats(): Promise<Nats | null> {
  const path = program()
  if (!path) return null
  const port = await freePort()
  let child: ChildProcess
  const start = async () => {
    child = spawn(path, ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error('nats-server does not start.')
      await sleep(20)
    }
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  await start()
  return { url: `nats://127.0.0.1:${port}`, start, stop, kill: (signal) => void child.kill(signal) }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}

const answers = (port: number) => new Promise<boolean>((resolve) => {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.once('connect', () => (socket.destroy(), resolve(true))).once('error', () => resolve(false))
})
