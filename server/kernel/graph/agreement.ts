/**
 * Normalised mutual information of two partitions of the same nodes, with the arithmetic mean (Danon, Díaz-Guilera, Duch,
 * Arenas 2005): 1 when they are the same, about 0 when they have nothing to do with each other. O(n)
 */
export function mutualInformation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length
  const [ofA, ofB, both] = [new Map<number, number>(), new Map<number, number>(), new Map<string, number>()]
  const count = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1)
  for (let v = 0; v < n; v++) {
    count(ofA, a[v])
    count(ofB, b[v])
    count(both, `${a[v]} ${b[v]}`)
  }
  const entropy = (map: Map<unknown, number>) => map.values().reduce((sum, k) => sum - (k / n) * Math.log(k / n), 0)
  const [ha, hb] = [entropy(ofA), entropy(ofB)]
  return ha + hb === 0 ? 1 : (2 * (ha + hb - entropy(both))) / (ha + hb)
}
