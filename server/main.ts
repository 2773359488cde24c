import { ConfigError, readConfig } from './kernel/config.ts'
import { CRASHED, onLastResort } from './kernel/last-resort.ts'
import { makeLog } from './kernel/log.ts'
import { startFolkmoot } from './start.ts'

try {
  const config = readConfig()
  let drain = async () => {}
  onLastResort(makeLog(config), () => drain())
  const running = await startFolkmoot(config)
  drain = running.stop
  // For the launcher: from now on what ends the process is a crash, and not a start that does not work.
  process.send?.('ready')
  console.log(`\n  Folkmoot is running at ${running.url}\n`)
  if (running.setupLink) console.log(`  Nobody is here yet. Begin with this link (it works once):\n\n  ${running.setupLink}\n`)
  let stopping = 0
  const stop = async () => {
    // One Ctrl-C arrives several times: from the terminal, from npm and from the launcher. A later one means: now.
    if (stopping) return void (Date.now() - stopping > 2000 && process.exit(130))
    stopping = Date.now()
    await running.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `Folkmoot could not start: ${(error as Error).message}`)
  if (process.env.LOG_LEVEL === 'debug') console.error(error)
  process.exit(error instanceof ConfigError ? 1 : CRASHED)
}
