/** What a count names: the first, or, where it does not choose, those between which it does not. */
export type Won = { winner: string | null; tied: string[] }

/**
 * The method of Schulze (M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
 * election method", 2011), with winning votes. What a ballot leaves out is below all that it names, and level among itself.
 * @param ballots the options of each, from the best on
 */
export function schulze(ids: string[], ballots: string[][]): Won & { pairs: number[][]; paths: number[][] } {
  const pairs = ids.map((a) => ids.map((b) => (a === b ? 0 : ballots.filter((ballot) => prefers(ballot, a, b)).length)))
  const paths = ids.map((_, i) => ids.map((__, j) => (pairs[i][j] > pairs[j][i] ? pairs[i][j] : 0)))
  for (const k of ids.keys()) for (const i of ids.keys()) for (const j of ids.keys()) {
    if (i === j || i === k || j === k) continue
    paths[i][j] = Math.max(paths[i][j], Math.min(paths[i][k], paths[k][j]))
  }
  const first = ballots.length ? ids.filter((_, i) => ids.every((__, j) => paths[i][j] >= paths[j][i])) : []
  return { pairs, paths, ...(first.length === 1 ? { winner: first[0], tied: [] } : { winner: null, tied: first }) }
}

function prefers(ballot: string[], a: string, b: string): boolean {
  const [at, other] = [ballot.indexOf(a), ballot.indexOf(b)]
  return at >= 0 && (other < 0 || at < other)
}
