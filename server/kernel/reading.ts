import { Worker } from 'node:worker_threads'
import { parsePlainly, READINGS, type Reading } from './text.ts'

type Answer<R extends Reading> = ReturnType<(typeof READINGS)[R]>

// Most of what people write is read here, before a thread could have been told of it.
const SHORT = 1500
// No text takes a tenth of a second; what does not answer for so long has met something that nobody thought of.
const BUDGET_MS = 5000

/**
 * Reads texts that people wrote beside the thread that answers people, one after the other, each within a time. What
 * takes longer, or ends the thread, is read as plain words; the next text gets a new thread.
 */
export function makeReader(thread: URL, budgetMs: number) {
  let worker: Worker | undefined
  let turn: Promise<unknown> = Promise.resolve()

  function start(): Worker {
    const started = new Worker(thread, { execArgv: ['--disable-warning=ExperimentalWarning'] })
    started.unref()
    // What it failed at is told by its end.
    started.on('error', () => {}).once('exit', () => forget(started))
    return started
  }

  const forget = (ended: Worker) => {
    if (worker === ended) worker = undefined
  }

  function ask<R extends Reading>(reading: R, body: string): Promise<Answer<R>> {
    const asked = (worker ??= start())
    const { promise, resolve, reject } = Promise.withResolvers<Answer<R>>()
    const onExit = () => reject(new Error('The thread ended.'))
    const timer = setTimeout(() => {
      forget(asked)
      void asked.terminate()
      reject(new Error('The text was not read in time.'))
    }, budgetMs)
    asked.once('message', resolve).once('exit', onExit).postMessage({ reading, body }, [])
    return promise.finally(() => {
      clearTimeout(timer)
      asked.off('message', resolve).off('exit', onExit)
    })
  }

  return async function read<R extends Reading>(reading: R, body: string): Promise<Answer<R>> {
    if (body.length <= SHORT) return READINGS[reading](body) as Answer<R>
    const mine = turn.then(() => ask(reading, body))
    turn = mine.catch(() => {})
    return mine.catch(() => READINGS[reading](body, parsePlainly(body)) as Answer<R>)
  }
}

/** A body's words, the people it mentions, or its topics; as the functions of text.ts, for texts of any length and kind. */
export const read = makeReader(new URL('./reading-thread.ts', import.meta.url), BUDGET_MS)
