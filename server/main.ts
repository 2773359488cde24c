import { ConfigError, readConfig } from './kernel/config.ts'
import { startFolkmoot } from './start.ts'

try {
  const running = await startFolkmoot(readConfig())
  console.log(`\n  Folkmoot is running at ${running.url}\n`)
  if (running.setupLink) console.log(`  Nobody is here yet. Begin with this link (it works once):\n\n  ${running.setupLink}\n`)
  let stopping = false
  const stop = async () => {
    if (stopping) process.exit(130)
    stopping = true
    await running.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `Folkmoot could not start: ${(error as Error).message}`)
  if (process.env.LOG_LEVEL === 'debug') console.error(error)
  process.exit(1)
}
