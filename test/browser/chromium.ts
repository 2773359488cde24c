import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** Starts the Chromium of this machine. @throws Error in words when there is none */
export function openChromium() {
  const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}. Install one, or name it in CHROMIUM_PATH.`)
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}
