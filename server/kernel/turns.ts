/** Lets `most` of what is given to it run at a time; the others wait, first come, first served. */
export function makeTurns(most: number) {
  let free = most
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

/** Pauses that can be cut short, all at once. */
export function makeNaps() {
  const naps = new Set<() => void>()
  const nap = (ms: number) => new Promise<void>((resolve) => {
    const wake = () => (clearTimeout(timer), naps.delete(wake), resolve())
    const timer = setTimeout(wake, Math.max(ms, 0))
    naps.add(wake)
  })
  return { nap, wakeAll: () => naps.forEach((wake) => wake()) }
}
