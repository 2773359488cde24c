const MOST = 8

/**
 * Does one thing many times, as many at once as a server under load takes: it answers 503 to whoever waited two seconds for a
 * connection to the database, and a test about something else must not meet that.
 */
export async function atOnce<T>(times: number, one: (i: number) => Promise<T>): Promise<T[]> {
  const done: T[] = []
  let next = 0
  const worker = async () => {
    for (let i = next++; i < times; i = next++) done[i] = await one(i)
  }
  await Promise.all(Array.from({ length: Math.min(MOST, times) }, worker))
  return done
}
