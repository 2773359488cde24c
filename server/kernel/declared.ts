/**
 * Puts what a feature declares among the others of its sort.
 * @throws Error when the name is taken: the program does not start, and neither of the two is silently gone
 */
export function declare<T>(all: Map<string, T>, sort: string, name: string, thing: T): T {
  if (all.has(name)) throw new Error(`Two of the ${sort} are called "${name}". Give one of them another name.`)
  all.set(name, thing)
  return thing
}

/** The same for a list that is made at once. @throws Error */
export function demandOwnNames<T extends { name: string }>(all: readonly T[], sort: string): void {
  const seen = new Map<string, T>()
  for (const one of new Set(all)) declare(seen, sort, one.name, one)
}
