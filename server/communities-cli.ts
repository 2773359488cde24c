import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { Refusal } from './kernel/errors.ts'
import { type Chance, chanceOf } from './kernel/graph/chance.ts'
import { type EdgeList, EdgeListError, graphOf, readEdgeList, type Weighing } from './kernel/graph/edge-list.ts'
import { leiden, type Objective } from './kernel/graph/leiden.ts'
import { membersOf } from './kernel/graph/partition.ts'

type Means = {
  /** answers a program in JSON and a person in words */
  answer: (result: unknown, words: string) => void
}
type Given = { weights?: boolean; count?: boolean; resolution: number; objective: Objective; seed: number }

/** Adds `folkmoot communities <file>`. */
export function registerCommunities(program: Command, { answer }: Means): void {
  program.command('communities').description('find the communities in a list of ties; needs no network')
    .argument('<file>', 'lines of "from to [weight]", separated by blanks, tabs, commas or semicolons, also as .gz; - is standard input')
    .option('--weights', 'the third column says what a tie weighs')
    .addOption(new Option('--count', 'a tie weighs as many as there are lines of it').conflicts('weights'))
    .option('--resolution <number>', 'the higher, the smaller the communities', number(0, Infinity), 1)
    .addOption(new Option('--objective <objective>').choices(['modularity', 'cpm']).default('modularity'))
    .option('--seed <number>', 'chance begins here; the same seed finds the same', number(0, 2 ** 32 - 1), 1)
    .action(async (file: string, given: Given) => {
      const found = await findCommunities(placeOf(file), given)
      answer(found, describe(found))
    })
}

const number = (least: number, most: number) => (text: string) => {
  const value = Number(text)
  if (!(text.trim() && value >= least && value <= most && Number.isFinite(value))) throw new InvalidArgumentError(`It is a number${most < Infinity ? ` from ${least} to ${most}` : ` from ${least}`}.`)
  return value
}

// npm runs us in the folder of the program; what people type is meant from the folder they are in.
const placeOf = (path: string) => {
  if (path === '-') return path
  const theirs = resolve(process.env.INIT_CWD ?? '.', path)
  return existsSync(theirs) ? theirs : resolve(path)
}

/** Reads a list of ties and finds its communities, the largest first. */
async function findCommunities(path: string, { weights = false, count = false, resolution, objective, seed }: Given) {
  const began = performance.now()
  const weighing: Weighing = weights ? 'column' : count ? 'lines' : 'once'
  const list = await read(path, weights)
  const graph = graphOf(list, weighing)
  const read_seconds = seconds(began)
  const searching = performance.now()
  const partition = leiden(graph, { objective, resolution, seed })
  const search_seconds = seconds(searching)
  const chance = partition.count > 1 && graph.targets.length ? chanceOf(graph, partition.quality, { objective, resolution, seed }) : null
  return {
    nodes: graph.n,
    edges: graph.targets.length / 2,
    self_loops: list.loops,
    quality: partition.quality,
    chance,
    seconds: search_seconds,
    read_seconds,
    peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    communities: membersOf(partition).map((members) => members.map((v) => list.ids[v])),
  }
}

async function read(path: string, weights: boolean): Promise<EdgeList> {
  try {
    return await readEdgeList(path, weights)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Refusal(404, 'not_found', `There is no file ${path}.`)
    if (code === 'EISDIR' || code === 'EACCES') throw new Refusal(422, 'unreadable', `${path} cannot be read as a file.`)
    if (error instanceof EdgeListError) throw new Refusal(422, 'invalid', `${path}: ${error.message}`)
    throw error
  }
}

const seconds = (since: number) => Math.round(performance.now() - since) / 1000

const SHOWN = 20
const NAMED = 6

function describe({ nodes, edges, quality, chance, seconds, peak_mb, communities }: Awaited<ReturnType<typeof findCommunities>>): string {
  const size = String(communities[0]?.length ?? 0).length
  const lines = communities.slice(0, SHOWN).map((members, i) =>
    `${String(i + 1).padStart(4)}. ${String(members.length).padStart(size)}: ${members.slice(0, NAMED).join(', ')}${members.length > NAMED ? ', …' : ''}`)
  if (communities.length > SHOWN) lines.push(`      and ${communities.length - SHOWN} smaller ones; --json has them all`)
  return [`${communities.length} communities among ${nodes} nodes and ${edges} ties, quality ${quality.toFixed(4)}, in ${seconds} s and ${peak_mb} MB`, ...besideChance(chance), ...lines].join('\n')
}

/** How much of it chance does as well, in words. */
function besideChance(chance: Chance | null): string[] {
  if (!chance) return []
  const { quality, deviation, networks, is_better } = chance
  if (!networks) return [`Chance alone would come to about ${quality.toFixed(4)}: there are communities here.`]
  const found = `in ${networks} networks where everybody has as many ties, tied by lot, quality is ${quality.toFixed(4)} ± ${deviation.toFixed(4)}`
  return [is_better ? `Better than chance: ${found}.` : `No better than chance: ${found}. These communities say nothing about who belongs together.`]
}
