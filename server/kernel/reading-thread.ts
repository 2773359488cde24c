import { parentPort } from 'node:worker_threads'
import { READINGS, type Reading } from './text.ts'

// The other end of reading.ts.
parentPort!.on('message', ({ reading, body }: { reading: Reading; body: string }) => parentPort!.postMessage(READINGS[reading](body), []))
