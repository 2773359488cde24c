import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { makeLiveSource } from '../server/core/live-source.ts'
import type { Host } from '../server/kernel/context.ts'
import type { LoggedEvent } from '../server/kernel/events.ts'
import { randomFrom } from '../server/kernel/graph/random.ts'
import { type Line, percentiles, printTable } from './measure.ts'

const PEOPLE = Number(process.env.BENCH_READERS ?? 50_000)
const EACH = 69
const SPACES = 5_000
const FACTS = 400

const heap = () => {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  return process.memoryUsage().heapUsed / 2 ** 20
}

const idOf = (n: number, noun: string) => `01a2010f-841e-7000-${noun}-${n.toString(16).padStart(12, '0')}`
const personOf = (n: number) => idOf(n, 'a000')
const spaceOf = (n: number) => idOf(n, 'b000')

/** One space has everybody; the others are drawn so that few are large, as in an organisation. Each answer has strings of its own. */
function spacesOf(person: number): string[] {
  const mine = new Set([0])
  for (const random = randomFrom(person); mine.size < EACH;) mine.add(Math.floor(SPACES * random() ** 2))
  return [...mine].map(spaceOf)
}

const factOf = (space: number): LoggedEvent => ({
  id: 1, seq: 1, type: 'entry.published', space_id: spaceOf(space), entry_id: null, person_id: null, actor_id: null, data: {}, quiet: false, at: '',
})

type Taken = { mb: number; facts: number[]; everybody: number; reached: number }

function timeFacts(mb: number, reach: (fact: LoggedEvent) => number): Taken {
  const time = (space: number) => {
    const began = performance.now()
    const reached = reach(factOf(space))
    return [performance.now() - began, reached]
  }
  for (let i = 0; i < FACTS; i++) time((i * 613) % SPACES)
  const taken = Array.from({ length: FACTS }, (_, i) => time((i * 733) % SPACES))
  const everybody = Array.from({ length: 20 }, () => time(0)[0])
  return { mb, facts: taken.map(([ms]) => ms), everybody: percentiles(everybody).median, reached: taken.reduce((sum, [, n]) => sum + n, 0) }
}

/** Who gets a fact, found by its space, as the product does it. */
async function bySpace(): Promise<Taken> {
  const before = heap()
  const query = async ({ values: [id] }: { values: string[] }) => ({ rows: [{ role: 'member', spaces: spacesOf(Number.parseInt(id.slice(-12), 16)), until: null }] })
  const source = makeLiveSource<object>({ pool: { query } } as unknown as Host)
  const connection = {}
  for (let i = 0; i < PEOPLE; i++) await source.follow(source.enter(personOf(i), connection), { id: personOf(i), role: 'member', session: null })
  return timeFacts(heap() - before, (fact) => {
    let n = 0
    source.fold(fact)
    const mayReceive = source.mayReceive(fact)
    for (const reader of source.recipients(fact)) if (mayReceive(reader)) n += reader.connections.size
    return n
  })
}

/** As it was before: a set of ids for each person, and every person asked about every fact. */
function byPerson(): Taken {
  const before = heap()
  const readers = new Map<string, Set<string>>()
  for (let i = 0; i < PEOPLE; i++) readers.set(personOf(i), new Set(spacesOf(i)))
  return timeFacts(heap() - before, ({ space_id }) => {
    let n = 0
    for (const spaces of readers.values()) if (spaces.has(space_id!)) n++
    return n
  })
}

/** The index of who hears what, for as many people at once as a large organisation has. */
export async function measureLive(): Promise<void> {
  const before = byPerson()
  const now = await bySpace()
  if (now.reached !== before.reached) throw new Error(`${now.reached} were reached, and ${before.reached} before`)
  const ms = (value: number) => `${value.toFixed(3)} ms`
  const line = (what: string, ours: number, raw: number, show: (value: number) => string, aim: string): Line =>
    ({ what, ours: show(ours), raw: `${show(raw)} person by person`, ratio: (ours / raw).toFixed(3), aim })
  const mb = (value: number) => `${value.toFixed(0)} MB`
  printTable(`${PEOPLE.toLocaleString('en')} people connected, in ${EACH} spaces each`, [
    line('memory of the index', now.mb, before.mb, mb, '<= 120 MB'),
    line('a fact, median', percentiles(now.facts).median, percentiles(before.facts).median, ms, '<= 1 ms'),
    line('a fact, p95', percentiles(now.facts).p95, percentiles(before.facts).p95, ms, '<= 1 ms'),
    line('a fact for all of them', now.everybody, before.everybody, ms, ''),
  ])
}
