import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A process as it can be told apart from a later one with the same number: `<pid> <start time>`.
 * The start time is field 22 of /proc/<pid>/stat (proc(5)) and empty where there is no /proc.
 */
export const identify = (pid: number) => `${pid} ${startTime(pid)}`

/** Is the process of this `identify` text still running? A number given to another process since counts as dead. */
export function isRunning(identity: string) {
  const [pid, start] = identity.split(' ')
  return isAlive(Number(pid)) && (!start || startTime(Number(pid)) === start)
}

/** Is there a process with this number that is not a zombie? A container without an init leaves zombies behind. */
export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return statFields(pid)[0] !== 'Z'
}

/**
 * Holds the file `path` as a lock between processes until the returned function is called.
 * A lock whose holder died is taken over.
 * @throws Error when a living process keeps it for longer than `patience` milliseconds
 */
export async function lock(path: string, patience = 120_000): Promise<() => void> {
  for (const start = Date.now(); ; await sleep(25)) {
    if (create(path)) return () => rmSync(path, { force: true })
    removeStale(path)
    if (Date.now() - start > patience) throw new Error(`${path} is held by process ${read(path) || 'unknown'}`)
  }
}

const statFields = (pid: number) => {
  const stat = read(`/proc/${pid}/stat`)
  // The command name is in brackets and may itself hold spaces and brackets.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const startTime = (pid: number) => statFields(pid)[19] ?? ''

const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const create = (path: string) => {
  try {
    writeFileSync(path, identify(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Between creation and writing the file is empty for a moment; an empty one is stale only when it is old. */
const isStale = (path: string) => {
  const identity = read(path)
  return identity ? !isRunning(identity) : age(path) > 5_000
}

const age = (path: string) => {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

/** Two processes may see one stale lock; without the second file the slower would remove the lock of the faster. */
function removeStale(path: string) {
  if (!isStale(path)) return
  const guard = `${path}.removal`
  if (create(guard)) {
    if (isStale(path)) rmSync(path, { force: true })
    rmSync(guard, { force: true })
  } else if (age(guard) > 10_000) rmSync(guard, { force: true })
}
