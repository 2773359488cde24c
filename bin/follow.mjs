import { readFileSync } from 'node:fs'

/**
 * Ends this process as SIGTERM would when the one that started it is gone. `npm` or the launcher may be killed in a
 * way that it cannot pass on (kill -9), and a server left behind would keep the port from the next start.
 */
const parent = process.ppid
// Debian's sh stays between npm and the command of a script, and would hide from us that npm is gone.
const shell = read(`/proc/${parent}/cmdline`).startsWith('sh\0-c\0') ? parent : null
const grandparent = shell && parentOf(shell)

const timer = setInterval(() => {
  if (process.ppid === parent && (!shell || parentOf(shell) === grandparent)) return
  clearInterval(timer)
  process.kill(process.pid, 'SIGTERM')
}, 100).unref()

/** Field 4 of /proc/<pid>/stat, counted after the name in brackets (proc(5)). */
function parentOf(pid) {
  return read(`/proc/${pid}/stat`).split(') ').at(-1).split(' ')[1]
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
