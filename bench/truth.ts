import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Sighting, standing, type Standing, whatHolds } from '../server/features/facts/policy.ts'
import { openZip } from '../server/core/imports/zip-source.ts'
import { type Random, randomFrom } from '../server/kernel/graph/random.ts'
import { type Line, printTable } from './measure.ts'

const [HOUR, DAY] = [3_600_000, 86_400_000]
const [AGENTS, SUBJECTS, VALUES, DAYS] = [100, 50, 5, 30]
/** In so many days the subjects change on average, each in its own. */
const PACES = [2, 4, 8, 16, 60]
const SEEDS = (process.env.BENCH_SEEDS ?? '1,2,3').split(',').map(Number)
const BUDGETS = [5, 10, 20, 50, 100]
const REAL = join(process.env.BENCH_GRAPHS ?? '../shared/data', 'slack-dd2030/slack-export-dd2030.zip')

type Said = { at: number; who: string }

/**
 * A month of a hundred people who see fifty things that change, now and then wrongly, say it late where they are without a connection, and are away for days.
 * They read so many items a day: lines of facts, or lines of a chat with the very same sightings, which they weigh by the same rule. Printed is the share of
 * what is true that they hold, over all people, things, and hours after the first five days.
 */
export async function measureTruth(): Promise<void> {
  const real = existsSync(REAL) ? await realTraffic(REAL) : null
  for (const [name, traffic] of [...(real ? [['the times of a real history', () => real] as const] : []), ['made times', madeTraffic] as const]) {
    const worlds = SEEDS.map((seed) => new World(randomFrom(seed), traffic(randomFrom(seed + 1000))))
    const perDay = worlds[0].sightings.length / DAYS
    console.error(`${name}: ${perDay.toFixed(0)} sightings a day, ${worlds.map(({ changes }) => changes).join(', ')} changes`)
    printTable(`share of what is true that people hold; ${name}`, BUDGETS.map((budget) => compare(worlds, budget)))
  }
}

function compare(worlds: World[], budget: number): Line {
  const mean = (read: Reading, belief: Belief = weighed) => worlds.reduce((sum, world, at) => sum + live(world, budget, read, belief, randomFrom(SEEDS[at] + 99)), 0) / worlds.length
  const [board, weighing, last] = [mean(readBoard), mean(readChat), mean(readChat, newest)]
  const chat = Math.max(weighing, last)
  return { what: `${budget} items a day`, ours: share(board), raw: `${share(chat)} chat (${share(weighing)} weighed, ${share(last)} by the newest)`, ratio: `${(board / chat).toFixed(2)}x`, aim: '> 1x' }
}

const share = (value: number) => `${(100 * value).toFixed(1)} %`

// ---- the world -------------------------------------------------------------------------------------------------------

type Seen = Sighting & { subject: number; who: number; /** when others can read of it */ arrives: number }

class World {
  /** in the order in which they arrive */
  readonly sightings: Seen[]
  readonly away: [number, number][][]
  readonly #states: { from: number; value: number }[][]
  changes = 0
  constructor(random: Random, said: Said[]) {
    this.#states = Array.from({ length: SUBJECTS }, (_, n) => this.#history(random, PACES[n % PACES.length] * DAY))
    this.away = Array.from({ length: AGENTS }, () => [0, 1].map(() => {
      const from = random() * DAYS * DAY
      return [from, from + (1 + 3 * random()) * DAY] as [number, number]
    }))
    const people = [...Map.groupBy(said, ({ who }) => who).entries()].sort((a, b) => b[1].length - a[1].length).map(([who]) => who)
    const agent = new Map(people.map((who, at) => [who, at % AGENTS]))
    this.sightings = said.flatMap(({ at, who }, n) => this.#sighting(random, n, at, agent.get(who)!)).sort((a, b) => a.arrives - b.arrives)
  }

  #history(random: Random, pace: number) {
    const states = [{ from: -Infinity, value: Math.floor(random() * VALUES) }]
    for (let at = -Math.log(1 - random()) * pace; at < DAYS * DAY; at += -Math.log(1 - random()) * pace) {
      states.push({ from: at, value: (states.at(-1)!.value + 1 + Math.floor(random() * (VALUES - 1))) % VALUES })
      this.changes++
    }
    return states
  }

  /** What is so, or was before. */
  truth = (subject: number, at: number, back = 0): number => {
    const states = this.#states[subject]
    return states[Math.max(0, states.findLastIndex(({ from }) => from <= at) - back)].value
  }

  isAway = (who: number, at: number) => this.away[who].some(([from, to]) => at >= from && at < to)

  /** One in five is wrong: half of these see what was before. One in ten people says it only when there is a connection again; some of it never arrives. */
  #sighting(random: Random, n: number, at: number, who: number): Seen[] {
    const subject = Math.floor(SUBJECTS * random() ** 1.5)
    const [roll, delay, lost] = [random(), who % 10 === 0 ? -Math.log(1 - random()) * 8 * HOUR : 0, random()]
    const value = roll > 0.2 ? this.truth(subject, at) : roll > 0.1 ? this.truth(subject, at, 1) : Math.floor(random() * VALUES)
    if (this.isAway(who, at) || lost < 0.05) return []
    return [{ subject, who, arrives: at + delay, fact: `f${n}`, side: `${value}`, person: `p${who}`, at, sure: 0.75, until: null }]
  }
}

// ---- how they live with it -------------------------------------------------------------------------------------------

type Belief = (known: Seen[]) => string
const weighed: Belief = (known) => whatHolds(known)!.sides[0].side
const newest: Belief = (known) => known.reduce((a, b) => (b.at >= a.at ? b : a)).side

type Row = Standing & { subject: number; seen: Seen[] }
type Mind = { known: Map<number, Set<Seen>>; position: number }
/** Reads so many items, at a moment. */
type Reading = (mind: Mind, budget: number, at: { arrived: Seen[]; rows: Row[] }) => void

const learn = ({ known }: Mind, subject: number, seen: Seen[]) => {
  const all = known.get(subject) ?? known.set(subject, new Set()).get(subject)!
  for (const one of seen) all.add(one)
}

/** The newest lines of the chat that came since. */
const readChat: Reading = (mind, budget, { arrived }) => {
  for (const one of arrived.slice(Math.max(0, mind.position, arrived.length - budget))) learn(mind, one.subject, [one])
  mind.position = arrived.length
}

/** The lines of the board: what changed since they looked, in the order in which it did, as far as the budget goes; then the rest from its top. */
const readBoard: Reading = (mind, budget, { rows }) => {
  const fresh = rows.filter(({ changed }) => changed > mind.position).sort((a, b) => a.changed - b.changed).slice(0, budget)
  const rest = rows.filter(({ changed }) => changed <= mind.position).sort((a, b) => b.changed - a.changed).slice(0, budget - fresh.length)
  for (const row of [...fresh, ...rest]) learn(mind, row.subject, row.seen)
  mind.position = fresh.at(-1)?.changed ?? mind.position
}

/** A month; everybody reads once a day at an hour of their own. Gives the share of what is true that is held. */
function live(world: World, budget: number, read: Reading, belief: Belief, random: Random): number {
  const minds = Array.from({ length: AGENTS }, (): Mind => ({ known: new Map(), position: -1 }))
  const hours = minds.map(() => Math.floor(random() * 24))
  const rows: Row[] = []
  const believed = minds.map(() => new Map<number, string>())
  const arrived: Seen[] = []
  let [held, asked, changes] = [0, 0, 0]
  for (let hour = 0; hour < DAYS * 24; hour++) {
    const now = hour * HOUR
    for (let next = world.sightings[arrived.length]; next && next.arrives <= now; next = world.sightings[arrived.length]) {
      arrived.push(next)
      learn(minds[next.who], next.subject, [next])
      believed[next.who].delete(next.subject)
      const row = rows.find(({ subject }) => subject === next.subject) ?? rows[rows.push({ subject: next.subject, seen: [], side: null, disputed: false, changed: -1, calm: -1, calmSide: null }) - 1]
      row.seen = [...row.seen, next]
      Object.assign(row, standing(row, whatHolds(row.seen)!, () => changes++))
    }
    for (const [who, mind] of minds.entries()) {
      if (hour % 24 === hours[who] && !world.isAway(who, now)) {
        read(mind, budget, { arrived, rows })
        believed[who].clear()
      }
      if (now < 5 * DAY || hour % 6) continue
      for (let subject = 0; subject < SUBJECTS; subject++) {
        asked++
        const known = mind.known.get(subject)
        if (!known) continue
        const own = believed[who].get(subject) ?? believed[who].set(subject, belief([...known])).get(subject)!
        if (own === `${world.truth(subject, now)}`) held++
      }
    }
  }
  return held / asked
}

// ---- when people speak -----------------------------------------------------------------------------------------------

/** The busiest thirty days of a real history: only when somebody spoke, and who. */
async function realTraffic(path: string): Promise<Said[]> {
  const zip = await openZip(path)
  const said: Said[] = []
  for await (const { name, ref } of zip.list()) {
    if (!/\/\d{4}-\d\d-\d\d\.json$/.test(name)) continue
    for (const { ts, user } of JSON.parse(await text(await zip.read(ref, name))) as { ts?: string; user?: string }[]) if (ts && user) said.push({ at: Number(ts) * 1000, who: user })
  }
  await zip.close()
  said.sort((a, b) => a.at - b.at)
  let best = { from: 0, n: 0 }
  for (let from = said[0].at; from < said.at(-1)!.at; from += DAY) {
    const n = said.filter(({ at }) => at >= from && at < from + DAYS * DAY).length
    if (n > best.n) best = { from, n }
  }
  return said.filter(({ at }) => at >= best.from && at < best.from + DAYS * DAY).map(({ at, who }) => ({ at: at - best.from, who }))
}

/** Five working days a week, mornings and afternoons; some speak much, most little. */
function madeTraffic(random: Random): Said[] {
  const said: Said[] = []
  for (let day = 0; day < DAYS; day++) {
    const many = day % 7 < 5 ? 170 : 30
    for (let n = 0; n < many; n++) said.push({ at: day * DAY + (7 + 5 * (random() + random())) * HOUR, who: `p${Math.floor(AGENTS * random() ** 2)}` })
  }
  return said
}
