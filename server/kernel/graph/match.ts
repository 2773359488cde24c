/** What became of a group since it was looked at before. */
export type Change = { type: 'born' | 'gone' | 'merged' | 'split'; id: string; others: string[] }
export type Matched = { ids: string[]; changes: Change[] }

// Half of the smaller one: below it, a group is a part of many rather than one that has changed.
const PART = 0.5
// As in D. Greene, D. Doyle, P. Cunningham, "Tracking the Evolution of Communities in Dynamic Social Networks" (2010).
const ALIKE = 0.3

/**
 * Gives groups the identity of those they were before: pairs are matched from the most alike down (Jaccard, at least
 * 0.3), each at most once; what is left is new, or gone. O(sum of sizes + pairs log pairs).
 * @param before groups by id, @param now groups; members by any name
 * @param newId called for each group that was not there before
 * @returns the id of each group of `now`, in order, and what happened: an old one that went into another is `merged`
 *   (others: into which), a new one that came out of another is `split` (others: from which)
 */
export function matchGroups(before: Map<string, readonly string[]>, now: readonly (readonly string[])[], newId: () => string): Matched {
  const memberships = new Map<string, string[]>()
  for (const [id, members] of before) for (const member of members) memberships.set(member, [...(memberships.get(member) ?? []), id])
  const pairs: { id: string; at: number; shared: number; alike: number }[] = []
  now.forEach((members, at) => {
    const shared = new Map<string, number>()
    for (const member of members) for (const id of memberships.get(member) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1)
    for (const [id, n] of shared) pairs.push({ id, at, shared: n, alike: n / (members.length + before.get(id)!.length - n) })
  })
  pairs.sort((a, b) => b.alike - a.alike || a.at - b.at || (a.id < b.id ? -1 : 1))
  const ids: (string | undefined)[] = now.map(() => undefined)
  const kept = new Map<string, number>()
  for (const { id, at, alike } of pairs) {
    if (alike < ALIKE || kept.has(id) || ids[at]) continue
    ids[at] = id
    kept.set(id, at)
  }
  const isNew = ids.map((id) => !id)
  const named = ids.map((id) => id ?? newId())
  const changes: Change[] = []
  for (const [id, members] of before) {
    if (kept.has(id)) continue
    const into = pairs.filter((pair) => pair.id === id && pair.shared >= PART * members.length).map(({ at }) => named[at])
    changes.push({ type: into.length ? 'merged' : 'gone', id, others: into })
  }
  named.forEach((id, at) => {
    if (!isNew[at]) return
    const from = pairs.filter((pair) => pair.at === at && pair.shared >= PART * now[at].length).map((pair) => pair.id)
    changes.push({ type: from.length ? 'split' : 'born', id, others: from })
  })
  return { ids: named, changes }
}
