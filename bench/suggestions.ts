import { buildGraph, type Graph, tiesOf } from '../server/kernel/graph/graph.ts'
import { findGroups } from '../server/kernel/graph/groups.ts'
import { leiden } from '../server/kernel/graph/leiden.ts'
import { byCircles, byCommunities, byNeighbours, type Scorer } from '../server/kernel/graph/predict.ts'
import { hideTies, type Trial, tryScorer } from '../server/kernel/graph/predict-trial.ts'
import { realGraphs, type Sample } from './graphs.ts'
import { type Line, printTable } from './measure.ts'

const SEEDS = [1, 2, 3]
const HIDDEN = 0.2
// Of larger ones the trial alone takes minutes.
const MOST_TIES = 100_000

/** Hides a fifth of the ties of real networks, and tells how many of them suggestions bring back, beside those by common neighbours alone. */
export function measureSuggestions(): void {
  for (const [name, read] of realGraphs()) {
    const graph = graphOf(read())
    if (graph.targets.length > 2 * MOST_TIES) continue
    const scorers: Record<string, (known: Graph, seed: number) => Scorer> = {
      'as suggested': (known, seed) => byCircles(known, findGroups(tiesOf(known), { seed })), 'knowing all ties': (known, seed) => byCommunities(known, leiden(known, { seed })),
      'common neighbours': (known) => byNeighbours(known, 'commonNeighbours'), 'Adamic, Adar': (known) => byNeighbours(known, 'adamicAdar'),
      'resource allocation': (known) => byNeighbours(known, 'resourceAllocation'),
    }
    const found = Object.entries(scorers).map(([what, make]) => ({ what, trials: SEEDS.map((seed) => {
      const { known, hidden } = hideTies(graph, HIDDEN, seed)
      return tryScorer(known, hidden, make(known, seed), { seed })
    }) }))
    printTable(`${name}: ${graph.n.toLocaleString('en')} people, ${(graph.targets.length / 2).toLocaleString('en')} ties`, compare(found))
  }
}

type Tried = { what: string; trials: Trial[] }

/** The first two beside each of the others. */
function compare([suggested, knowing, ...others]: Tried[]): Line[] {
  const mean = (trials: Trial[], of: (trial: Trial) => number) => trials.reduce((sum, trial) => sum + of(trial), 0) / trials.length
  const line = (what: string, of: (trial: Trial) => number) => [suggested, knowing].flatMap((ours) => others.map((other): Line => {
    const [mine, raw] = [mean(ours.trials, of), mean(other.trials, of)]
    return { what: `${what}, ${ours.what}`, ours: mine.toFixed(4), raw: `${raw.toFixed(4)} ${other.what}`, ratio: `${(mine / raw).toFixed(3)}x`, aim: '>= 1x' }
  }))
  return [...line('precision at 10', ({ precision }) => precision), ...line('AUC', ({ auc }) => auc)]
}

/** Who has a tie with whom, once, whatever it weighs. */
function graphOf({ pairs }: Sample): Graph {
  const names = new Map<number, number>()
  const place = (id: number) => names.get(id) ?? (names.set(id, names.size), names.size - 1)
  const [from, to]: [number[], number[]] = [[], []]
  for (let i = 0; i < pairs.length; i += 2) {
    const [a, b] = [place(pairs[i]), place(pairs[i + 1])]
    if (a !== b) from.push(a)
    if (a !== b) to.push(b)
  }
  const graph = buildGraph({ n: names.size, from, to })
  return { ...graph, weights: graph.weights.map(() => 1) }
}
