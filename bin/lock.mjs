import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const forgotten = 20 * 60_000

/**
 * Runs `work` while no other process does work under the lock file `path`. One whose process died, or that is older
 * than any installation, is taken over.
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  for (let told = false; !create(path); told = true) {
    if (!told) process.stderr.write('Waiting for another start of Folkmoot to finish its preparation …\n')
    await sleep(200)
    // The second file keeps two waiting processes from both taking over: the slower would remove the faster's lock.
    if (isStale(path) && create(`${path}.removal`)) {
      if (isStale(path)) rmSync(path, { force: true })
      rmSync(`${path}.removal`, { force: true })
    }
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function create(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isStale(path) {
  try {
    const age = Date.now() - statSync(path).mtimeMs
    const pid = Number(readFileSync(path, 'utf8'))
    return age > forgotten || (pid > 0 && !isAlive(pid))
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
