import { expect, test } from 'vitest'
import { buildGraph } from './graph.ts'
import { leiden } from './leiden.ts'
import { runInWorker } from './run-in-worker.ts'
import { karate, plantedPartition } from './samples.ts'

test('a thread finds the same, and takes the arrays with it', async () => {
  const graph = buildGraph(karate)
  const here = leiden(graph, { seed: 3 })
  const there = await runInWorker('leiden', [graph, { seed: 3 }])
  expect(there).toEqual(here)
  expect(graph.targets.length).toBe(0)
  expect((await runInWorker('betweenness', [buildGraph(karate)])).values[0]).toBeCloseTo(0.437635281, 9)
})

test('this thread goes on meanwhile', async () => {
  let longest = 0
  let last = performance.now()
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 5)
  const graph = await runInWorker('buildGraph', [plantedPartition(20_000, 200_000)])
  const began = performance.now()
  await runInWorker('leiden', [graph])
  const took = performance.now() - began
  clearInterval(beat)
  expect(longest).toBeLessThan(took / 2)
})

test('what a job throws, and a signal, end it', async () => {
  await expect(runInWorker('leiden', [buildGraph(karate), { resolution: -1 }])).rejects.toThrow('The resolution is -1')
  const long = runInWorker('leiden', [buildGraph(plantedPartition(20_000, 200_000))], AbortSignal.timeout(100))
  await expect(long).rejects.toThrow(/timeout|aborted/)
  await expect(runInWorker('leiden', [buildGraph(karate)], AbortSignal.abort())).rejects.toThrow(/abort/)
})
