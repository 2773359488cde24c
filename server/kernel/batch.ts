const MOST = 200

/**
 * Looks things up by key for callers that come at once: while one look is under way, those that come meanwhile wait for the
 * next and share it. Every look begins after its callers asked, so nobody is told of what was before.
 * @param look finds values for some different keys; what it does not find is undefined
 * @throws what `look` throws, to all who share it
 * @example const find = inBatches(async (hashes) => new Map(…)); await find(hash)
 */
export function inBatches<Value>(look: (keys: string[]) => Promise<Map<string, Value>>): (key: string) => Promise<Value | undefined> {
  let waiting: { key: string; resolve: (value: Value | undefined) => void; reject: (error: unknown) => void }[] = []
  let isLooking = false

  async function work() {
    isLooking = true
    while (waiting.length) {
      const batch = waiting.splice(0, MOST)
      try {
        const found = await look([...new Set(batch.map(({ key }) => key))])
        for (const { key, resolve } of batch) resolve(found.get(key))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isLooking = false
  }

  return (key) => new Promise((resolve, reject) => {
    waiting.push({ key, resolve, reject })
    if (!isLooking) void work()
  })
}
