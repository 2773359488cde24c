import { parentPort, workerData } from 'node:worker_threads'
import { buffersOf, JOBS } from './run-in-worker.ts'

const { job, args } = workerData as { job: keyof typeof JOBS; args: unknown[] }
const result = await (JOBS[job] as (...args: unknown[]) => unknown)(...args)
parentPort!.postMessage(result, buffersOf(result))
