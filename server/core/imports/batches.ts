/**
 * Writes what comes in batches; while one is being written the next is collected. When this ends, also by an error, nothing is
 * written any more.
 * @param size large enough that the commit of one does not count, small enough to wait for
 */
export async function inBatches<T>(items: AsyncIterable<T>, write: (batch: T[]) => Promise<void>, size = 500): Promise<void> {
  let batch: T[] = []
  let writing: Promise<void> = Promise.resolve()
  const flush = async () => {
    await writing
    writing = write(batch)
    // It is awaited before the next one begins; until then a failure must not count as unhandled.
    writing.catch(() => {})
    batch = []
  }
  try {
    for await (const item of items) {
      batch.push(item)
      if (batch.length === size) await flush()
    }
    if (batch.length) await flush()
    await writing
  } finally {
    await writing.catch(() => {})
  }
}
