export type Times = { median: number; p95: number }

/** Times `work` `runs` times after as many to warm up, as a server is that runs all day; milliseconds. */
export async function time(runs: number, work: (run: number) => Promise<unknown>): Promise<Times> {
  for (let i = 0; i < runs; i++) await work(i)
  const taken: number[] = []
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    await work(i)
    taken.push(performance.now() - began)
  }
  return percentiles(taken)
}

export function percentiles(values: number[]): Times {
  const sorted = [...values].sort((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)], p95: sorted[Math.floor(sorted.length * 0.95)] }
}

/** How many times a second `workers` loops get `work` done within `seconds`. */
export async function rate(workers: number, seconds: number, work: (worker: number) => Promise<unknown>): Promise<number> {
  const until = performance.now() + seconds * 1000
  const began = performance.now()
  let done = 0
  await Promise.all(Array.from({ length: workers }, async (_, worker) => {
    while (performance.now() < until) {
      await work(worker)
      done++
    }
  }))
  return done / ((performance.now() - began) / 1000)
}

export type Line = { what: string; ours: string; raw: string; ratio: string; aim: string }

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`

/** A line of the table for times: ours beside the raw limit of the same run. */
export const timeLine = (what: string, ours: Times, raw: Times, rawIs: string, aim = ''): Line => ({
  what, ours: `${ms(ours.median)} (p95 ${ms(ours.p95)})`, raw: `${ms(raw.median)} ${rawIs}`, ratio: `${(ours.median / raw.median).toFixed(2)}x`, aim,
})

export const rateLine = (what: string, ours: number, raw: number, rawIs: string, aim = ''): Line => ({
  what, ours: `${Math.round(ours)}/s`, raw: `${Math.round(raw)}/s ${rawIs}`, ratio: (ours / raw).toFixed(2), aim,
})

export function printTable(title: string, lines: Line[]): void {
  console.log(`\n${title}`)
  const head: Line = { what: 'what', ours: 'Folkmoot', raw: 'raw limit, same run', ratio: 'ratio', aim: 'aim' }
  const keys = Object.keys(head) as (keyof Line)[]
  const width = Object.fromEntries(keys.map((key) => [key, Math.max(...[head, ...lines].map((line) => line[key].length))]))
  for (const line of [head, ...lines]) console.log(`  ${keys.map((key) => line[key].padEnd(width[key])).join('  ').trimEnd()}`)
}
