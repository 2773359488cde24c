import { matchGroups } from './match.ts'

export type Settled = {
  /** the groups as they may be told, by id */
  groups: Map<string, string[]>
  /** who was in no group before, and waits until enough others come with them */
  waiting: string[]
}

/**
 * Brings groups that were told before up to date, so that what is told now and what was told before never differ by a
 * few people: between a group before and now, either nobody or at least `least` people came, and nobody or as many went.
 * Fewer who would move stay where they are; fewer who are new wait. Groups before may have lost people who are gone for
 * good, which nothing can hold back. O(people + groups²)
 * @param before groups by id, without who is gone; each person in at most one
 * @param wanted what they would be by now, disjoint and of at least `least` people each; who is in none stays where they are
 * @param newId called for each group that was not there before
 */
export function settle(before: Map<string, readonly string[]>, wanted: readonly (readonly string[])[], least: number, newId: () => string): Settled {
  const { ids } = matchGroups(before, wanted, newId)
  const groups = new Map<string, string[]>(ids.map((id) => [id, []]))
  const home = new Map([...before].flatMap(([id, people]) => people.map((person) => [person, id] as const)))
  const goal = new Map(wanted.flatMap((people, at) => people.map((person) => [person, ids[at]] as const)))
  const waiting: string[] = []
  wanted.forEach((people, at) => {
    const came = people.filter((person) => !home.has(person))
    const takes = came.length === people.length || came.length >= least
    ;(takes ? groups.get(ids[at])! : waiting).push(...came)
  })
  const wentAfter = new Map<string, string>()
  for (const [from, people] of before) {
    const ways = new Map<string, string[]>()
    for (const person of people) add(ways, goal.get(person) ?? from, person)
    const away = [...ways].filter(([to]) => to !== from).sort((a, b) => b[1].length - a[1].length)
    for (const [to, some] of away) if (some.length >= least) groups.get(to)!.push(...some)
    const staying = [...(ways.get(from) ?? []), ...away.filter(([, some]) => some.length < least).flatMap(([, some]) => some)]
    if (away.length) wentAfter.set(from, away[0][0])
    const place = groups.has(from) ? from : wentAfter.get(from)
    if (place) groups.get(place)!.push(...staying)
  }
  dissolve(groups, wentAfter, least)
  return { groups, waiting }
}

function add(ways: Map<string, string[]>, to: string, person: string): void {
  const some = ways.get(to)
  if (some) some.push(person)
  else ways.set(to, [person])
}

/** Who is left in a group that most people left goes after the most of them. */
function dissolve(groups: Map<string, string[]>, wentAfter: Map<string, string>, least: number): void {
  for (const [id, people] of [...groups].sort((a, b) => a[1].length - b[1].length)) {
    const rest = groups.get(id)!
    if (rest.length >= least) continue
    let to = wentAfter.get(id)
    for (let steps = 0; to && !groups.has(to) && steps < groups.size; steps++) to = wentAfter.get(to)
    if (people.length && (!to || to === id || !groups.has(to))) continue
    groups.delete(id)
    if (people.length) groups.get(to!)!.push(...people)
  }
}
