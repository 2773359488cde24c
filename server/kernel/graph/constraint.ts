import { type Graph } from './graph.ts'

/**
 * Burt's constraint: how far the ties of a node lead to people who have each other. Low for those who bridge what is otherwise
 * apart (structural holes). R. S. Burt, "Structural Holes" (1992): Σ over contacts j of (p_ij + Σ_q p_iq p_qj)², where p_ij is
 * the share of i's tie weight that goes to j. Loops do not count. O(Σ over ties of the other end's number of ties)
 * @returns the constraint of each node; NaN for one without ties
 */
export function constraint({ n, offsets, targets, weights }: Graph): Float64Array {
  const total = new Float64Array(n)
  for (let v = 0; v < n; v++) for (let i = offsets[v]; i < offsets[v + 1]; i++) total[v] += weights[i]
  const spent = new Float64Array(n)
  return Float64Array.from({ length: n }, (_, v) => {
    const [begin, end] = [offsets[v], offsets[v + 1]]
    if (begin === end) return NaN
    for (let i = begin; i < end; i++) {
      const q = targets[i]
      const share = weights[i] / total[v]
      spent[q] += share
      for (let k = offsets[q]; k < offsets[q + 1]; k++) spent[targets[k]] += (share * weights[k]) / total[q]
    }
    let sum = 0
    for (let i = begin; i < end; i++) sum += spent[targets[i]] ** 2
    for (let i = begin; i < end; i++) {
      const q = targets[i]
      spent[q] = 0
      for (let k = offsets[q]; k < offsets[q + 1]; k++) spent[targets[k]] = 0
    }
    return sum
  })
}
