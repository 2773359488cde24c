import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutualInformation } from '../server/kernel/graph/agreement.ts'
import { plantedPartition } from '../server/kernel/graph/samples.ts'
import { realGraphs, type Sample } from './graphs.ts'
import { type Line, printTable } from './measure.ts'

type Found = { nodes: number; edges: number; quality: number; seconds: number; peak_mb: number; communities: string[][] }

const SEEDS = [1, 2, 3, 4, 5]

/** Holds the communities that we find in real and in planted networks against those of igraph, where Python has it. */
export async function measureCommunities(): Promise<void> {
  const python = findPython()
  if (!python) console.log('igraph is not installed for Python here (python3-igraph in Debian): there is nothing to hold ours against.')
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  try {
    for (const [name, read, seeds] of samples()) {
      const sample = read()
      const file = join(dir, 'ties.txt')
      writeFileSync(file, textOf(sample.pairs))
      // In turn, so that both meet the same machine.
      const runs = seeds.map((seed) => ({ ours: find(file, seed), theirs: python ? findWithIgraph(python, file, seed) : [] }))
      printTable(name, compare(sample, runs.map(({ ours }) => ours), python ? runs.flatMap(({ theirs }) => theirs) : null))
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

function samples(): [string, () => Sample, number[]][] {
  const plant = (n: number, m: number) => () => {
    const { from, to, groups } = plantedPartition(n, m)
    return { pairs: Uint32Array.from({ length: 2 * m }, (_, i) => (i % 2 ? to : from)[i >> 1]), groups: new Map(groups.entries().map(([v, g]) => [String(v), g])) }
  }
  const large = (process.env.BENCH_PEOPLE ?? '100000').split(',').map(Number)
  return [
    ...realGraphs().map(([name, read]): [string, () => Sample, number[]] => [name, read, SEEDS]),
    ...large.map((n): [string, () => Sample, number[]] => [`planted: ${n.toLocaleString('en')} people, ${(10 * n).toLocaleString('en')} ties`, plant(n, 10 * n), n > 200_000 ? [1] : SEEDS]),
  ]
}

function textOf(pairs: ArrayLike<number>): string {
  const lines: string[] = []
  for (let i = 0; i < pairs.length; i += 2) lines.push(`${pairs[i]} ${pairs[i + 1]}`)
  return lines.join('\n')
}

/** As anybody finds them: by the command line, in a process of their own. */
function find(file: string, seed: number): Found {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../server/cli.ts'), 'communities', file, '--seed', String(seed), '--json']
  return JSON.parse(execFileSync(process.execPath, args, { maxBuffer: 1 << 30, encoding: 'utf8' }))
}

const findPython = () => ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', 'import igraph']).status === 0)

/** The same with igraph: ties once, no loops; first its two iterations, which it takes when not told otherwise, then until it rests. */
const SCRIPT = `
import igraph, json, random, resource, sys, time
names = {}
edges = [tuple(names.setdefault(x, len(names)) for x in line.split()) for line in open(sys.argv[1])]
graph = igraph.Graph(n=len(names), edges=edges).simplify()
del edges
ids = list(names)
for iterations in [2] if len(ids) > 200000 else [2, -1]:
    for seed in sys.argv[2:]:
        random.seed(int(seed))
        began = time.perf_counter()
        found = graph.community_leiden(objective_function='modularity', n_iterations=iterations)
        seconds = time.perf_counter() - began
        print(json.dumps({'iterations': iterations, 'nodes': graph.vcount(), 'edges': graph.ecount(), 'quality': graph.modularity(found.membership), 'seconds': seconds,
            'peak_mb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 'communities': [[ids[v] for v in c] for c in found]}))
`

function findWithIgraph(python: string, file: string, seed: number): (Found & { iterations: number })[] {
  const text = execFileSync(python, ['-c', SCRIPT, file, String(seed)], { maxBuffer: 1 << 30, encoding: 'utf8' })
  return text.trim().split('\n').map((line) => JSON.parse(line))
}

const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length
// What else the machine does only adds to the time.
const least = (values: number[]) => Math.min(...values)

function compare({ groups }: Sample, ours: Found[], all: (Found & { iterations: number })[] | null): Line[] {
  const theirs = all?.filter(({ iterations }) => iterations === 2)
  const resting = all?.filter(({ iterations }) => iterations === -1) ?? []
  if (theirs && (theirs[0].nodes !== ours[0].nodes || theirs[0].edges !== ours[0].edges)) throw new Error('The two did not read the same graph.')
  const agreement = ({ communities }: Found) => {
    const known = communities.flatMap((members, c) => members.filter((id) => groups!.has(id)).map((id) => [c, groups!.get(id)!]))
    return mutualInformation(known.map(([c]) => c), known.map(([, g]) => g))
  }
  const line = (what: string, of: (found: Found) => number, digits: number, unit: string, aim: string, over = mean): Line => {
    const [mine, raw] = [over(ours.map(of)), theirs ? over(theirs.map(of)) : NaN]
    const rest = resting.length ? ` (at rest ${over(resting.map(of)).toFixed(digits)})` : ''
    return { what, ours: `${mine.toFixed(digits)}${unit}`, raw: theirs ? `${raw.toFixed(digits)}${unit} igraph${rest}` : '', ratio: theirs ? `${(mine / raw).toFixed(3)}x` : '', aim }
  }
  return [
    line(`modularity, mean of ${ours.length}`, ({ quality }) => quality, 5, '', '>= 1x'),
    ...(groups ? [line('NMI with the known groups', agreement, 4, '', '>= 1x')] : []),
    line('search, the fastest', ({ seconds }) => seconds, 3, ' s', ours[0].edges > 5e5 ? '<= 1.5x' : '', least),
    line('memory of the process', ({ peak_mb }) => peak_mb, 0, ' MB', ours[0].edges > 5e5 && ours[0].edges < 2e6 ? '< 300 MB' : ''),
  ]
}
