/**
 * Puts groups together until none differs from a group of another list by a few people only, one lying within the other:
 * what is told of both would tell of those few.
 * @param groups disjoint, @param others any groups of the same people
 * @param least so many people are not few
 */
export function keepApart<G extends { label: string; people: string[] }>(groups: G[], others: readonly (readonly string[])[], least: number, merge: (a: G, b: G) => G): G[] {
  let kept = [...groups]
  for (let at = findClose(kept, others, least); at >= 0 && kept.length > 1; at = findClose(kept, others, least)) {
    const close = kept[at]
    // Into those without a name, where there are any.
    const rest = kept.filter((group) => group !== close).sort((a, b) => Number(!a.label) - Number(!b.label) || b.people.length - a.people.length)
    kept = [...rest.slice(0, -1), merge(rest.at(-1)!, close)]
  }
  return kept
}

/** The place of a group that is nearly one of the others, or -1. */
function findClose(groups: { people: string[] }[], others: readonly (readonly string[])[], least: number): number {
  const place = new Map(groups.flatMap(({ people }, i) => people.map((person) => [person, i] as const)))
  for (const other of others) {
    const shared = new Map<number, number>()
    for (const person of other) {
      const at = place.get(person)
      if (at !== undefined) shared.set(at, (shared.get(at) ?? 0) + 1)
    }
    for (const [at, n] of shared) {
      const [more, less] = [groups[at].people.length - n, other.length - n]
      if ((more === 0 && isFew(less, least)) || (less === 0 && isFew(more, least))) return at
    }
  }
  return -1
}

const isFew = (n: number, least: number) => n > 0 && n < least
