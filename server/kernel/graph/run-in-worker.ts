import { Worker } from 'node:worker_threads'
import { betweenness } from './betweenness.ts'
import { constraint } from './constraint.ts'
import { buildGraph } from './graph.ts'
import { drawRegions } from './draw.ts'
import { findGroups, findGroupsOf } from './groups.ts'
import { hierarchy } from './hierarchy.ts'
import { leiden } from './leiden.ts'
import { closureOf, describeNetwork } from './network.ts'

/** What takes long enough to be done beside the thread that answers people. */
export const JOBS = { betweenness, buildGraph, closureOf, constraint, describeNetwork, drawRegions, findGroups, findGroupsOf, hierarchy, leiden }

/**
 * Runs one of the jobs in a thread of its own, which takes about 50 ms to begin. Arrays of numbers are moved there and back,
 * not copied: those given are empty here afterwards.
 * @example const { membership } = await runInWorker('leiden', [graph, { seed: 1 }])
 * @param signal ends the thread, and the promise with the signal's reason
 * @throws what the job throws
 */
export async function runInWorker<J extends keyof typeof JOBS>(job: J, args: Parameters<(typeof JOBS)[J]>, signal?: AbortSignal): Promise<ReturnType<(typeof JOBS)[J]>> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { job, args }, transferList: buffersOf(args), execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal!.reason as Error)
      void worker.terminate()
    }
    signal?.addEventListener('abort', abort, { once: true })
    worker.once('message', resolve).once('error', reject).once('exit', (code) => {
      signal?.removeEventListener('abort', abort)
      reject(new Error(`The thread ended with ${code} before it was done.`))
    })
  })
}

/** The buffers of all arrays of numbers within a value. */
export function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer)
  else if (Array.isArray(value) && typeof value[0] === 'number') return [...found]
  else if (value && typeof value === 'object') for (const part of Object.values(value)) buffersOf(part, found)
  return [...found]
}
