/**
 * Ends this process as SIGTERM would when the one that started it is gone. `npm` or the launcher may be killed in a
 * way that it cannot pass on (kill -9), and a server left behind would keep the port from the next start.
 */
const parent = process.ppid
const timer = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(timer)
  process.kill(process.pid, 'SIGTERM')
}, 300).unref()
