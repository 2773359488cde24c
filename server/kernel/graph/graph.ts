import { type Random, shuffle } from './random.ts'

/**
 * An undirected weighted graph in compressed sparse rows: the neighbours of node v are `targets[offsets[v] … offsets[v+1])`,
 * their ties weigh `weights` at the same places. Every tie stands there twice, once from each end; a tie of a node with
 * itself stands in `loops`.
 *
 * Memory: 12 bytes a node, 24 bytes a tie.
 */
export type Graph = {
  readonly n: number
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
  readonly weights: Float64Array
  readonly loops: Float64Array
}

/** Ties as they come: `from[i]` and `to[i]` are nodes 0 … n-1; without `weights` each weighs 1. */
export type Ties = { n: number; from: ArrayLike<number>; to: ArrayLike<number>; weights?: ArrayLike<number> }

/**
 * Builds a graph from ties in any order; the same pair in either direction or several times adds up.
 * O(n + m) with m ties.
 * @throws RangeError for a node that is not below n, or a weight that is not a positive finite number
 */
export function buildGraph({ n, from, to, weights }: Ties): Graph {
  const m = from.length
  const loops = new Float64Array(n)
  const starts = new Uint32Array(n + 1)
  for (let i = 0; i < m; i++) {
    const [a, b, w] = [from[i], to[i], weights ? weights[i] : 1]
    if (!(a >= 0 && a < n && b >= 0 && b < n)) throw new RangeError(`Tie ${i} names a node that is not among the ${n}.`)
    if (!(w > 0 && w < Infinity)) throw new RangeError(`Tie ${i} weighs ${w}; a weight is a positive number.`)
    if (a === b) loops[a] += w
    else {
      starts[a + 1]++
      starts[b + 1]++
    }
  }
  for (let v = 0; v < n; v++) starts[v + 1] += starts[v]
  const targets = new Uint32Array(starts[n])
  const values = new Float64Array(starts[n])
  const next = starts.slice(0, n)
  for (let i = 0; i < m; i++) {
    const a = from[i]
    const b = to[i]
    if (a === b) continue
    const w = weights ? weights[i] : 1
    targets[next[a]] = b
    values[next[a]++] = w
    targets[next[b]] = a
    values[next[b]++] = w
  }
  return mergeParallel(n, starts, targets, values, loops)
}

/** Adds up what stands several times in a row. */
function mergeParallel(n: number, starts: Uint32Array, targets: Uint32Array, values: Float64Array, loops: Float64Array): Graph {
  const offsets = new Uint32Array(n + 1)
  const place = new Int32Array(n).fill(-1)
  let end = 0
  for (let v = 0; v < n; v++) {
    const begin = end
    for (let i = starts[v]; i < starts[v + 1]; i++) {
      const u = targets[i]
      if (place[u] >= begin) values[place[u]] += values[i]
      else {
        place[u] = end
        targets[end] = u
        values[end++] = values[i]
      }
    }
    offsets[v + 1] = end
  }
  return { n, offsets, targets: shorten(targets, end), weights: shorten(values, end), loops }
}

/** The first `length` of an array in a buffer of their own, which may be the one they are in. */
export function shorten<T extends Uint32Array | Float64Array>(array: T, length: number): T {
  return (length === array.length ? array : array.slice(0, length)) as T
}

/** What the ties of each node weigh together; a tie with itself counts twice, as in the adjacency matrix. O(n + m) */
export function strengths({ n, offsets, weights, loops }: Graph): Float64Array {
  const sums = new Float64Array(n)
  for (let v = 0; v < n; v++) {
    let sum = 2 * loops[v]
    for (let i = offsets[v]; i < offsets[v + 1]; i++) sum += weights[i]
    sums[v] = sum
  }
  return sums
}

/**
 * The graph among some nodes, numbered in the order in which they are named, without the ties that lead out.
 * O(n + their ties)
 * @param nodes each at most once
 */
export function subgraph({ n, offsets, targets, weights, loops }: Graph, nodes: ArrayLike<number>): Graph {
  const place = new Int32Array(n).fill(-1)
  for (let k = 0; k < nodes.length; k++) place[nodes[k]] = k
  const outer = new Uint32Array(nodes.length + 1)
  const near: number[] = []
  const values: number[] = []
  for (let k = 0; k < nodes.length; k++) {
    for (let i = offsets[nodes[k]]; i < offsets[nodes[k] + 1]; i++) {
      if (place[targets[i]] < 0) continue
      near.push(place[targets[i]])
      values.push(weights[i])
    }
    outer[k + 1] = near.length
  }
  return {
    n: nodes.length, offsets: outer, targets: Uint32Array.from(near), weights: Float64Array.from(values),
    loops: Float64Array.from(nodes, (v) => loops[v]),
  }
}

/** Each tie once, from the lower node to the higher one; loops last. O(n + m) */
export function tiesOf({ n, offsets, targets, weights, loops }: Graph): Required<Ties> {
  const [from, to, values]: [number[], number[], number[]] = [[], [], []]
  const add = (a: number, b: number, w: number) => {
    from.push(a)
    to.push(b)
    values.push(w)
  }
  for (let v = 0; v < n; v++) for (let i = offsets[v]; i < offsets[v + 1]; i++) if (v < targets[i]) add(v, targets[i], weights[i])
  loops.forEach((w, v) => w > 0 && add(v, v, w))
  return { n, from, to, weights: values }
}

/**
 * A network of chance in which every node has as many ties as here: their ends are drawn by lot (the configuration model of
 * M. Molloy, B. Reed 1995), their weights stay on the tie. O(n + m)
 */
export function shuffledTies(graph: Graph, random: Random): Graph {
  const { n, from, to, weights } = tiesOf(graph)
  const m = from.length
  const ends = shuffle(Uint32Array.from({ length: 2 * m }, (_, i) => (i < m ? from[i] : to[i - m])), random)
  return buildGraph({ n, from: ends.subarray(0, m), to: ends.subarray(m), weights })
}
