import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const packages = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji']

/**
 * The path of a Chromium for the browser tests, installed from the distribution where that is possible; an empty text
 * when there is none, on which the browser tests fail.
 */
export function findChromium() {
  const found = look() || (install() && look())
  if (!found)
    process.stderr.write(
      'There is no Chromium here and it could not be installed, so the browser tests will fail.\n' +
        'Install one (on Debian: apt-get install chromium), or name it in CHROMIUM_PATH.\n',
    )
  return found || ''
}

function look() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = ['/usr/bin', '/usr/local/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  return [...names.flatMap(name => folders.map(folder => join(folder, name))), mac].find(existsSync)
}

/** Only on Debian and its kin, and only where we may without asking. */
function install() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return false
  const asRoot = process.getuid() === 0 ? [] : ['sudo', '-n']
  if (asRoot.length && spawnSync('sudo', ['-n', 'true']).status !== 0) return false
  process.stderr.write('Installing Chromium for the browser tests …\n')
  const apt = (...args) => {
    const [program, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args]
    return spawnSync(program, [...rest, '-o', 'DPkg::Lock::Timeout=600'], { stdio: ['ignore', 2, 2] }).status === 0
  }
  // Lists that are a little old are still good enough, so only the second step counts.
  apt('update')
  return apt('install', '-y', '--no-install-recommends', ...packages)
}
