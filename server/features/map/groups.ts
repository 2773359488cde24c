import type { Ctx } from '../../kernel/context.ts'
import { buildGraph } from '../../kernel/graph/graph.ts'
import { mergeSmall } from '../../kernel/graph/merge-small.ts'
import { membersOf } from '../../kernel/graph/partition.ts'
import { runInWorker } from '../../kernel/graph/run-in-worker.ts'
import { settle } from '../../kernel/graph/settle.ts'
import { newId } from '../../kernel/ids.ts'
import { ENOUGH } from '../../kernel/weeks.ts'
import { keepApart } from './apart.ts'
import { groupByLabel } from './cuts.ts'
import type { Frame, Frames } from './frames.ts'
import type { Cut } from './schema.ts'

/** People who are told of together only: at least eight, each in one of them. */
export type Group = { id: string; label: string; people: string[] }

/**
 * The communities as they are told on the map. Whoever is in the picture and has ties is in one, but for a few who wait.
 * @param before what was told last, without who has left
 * @param regroup false: the groups stay what they are, but for those who have left
 */
export async function groupByTies({ people, frames }: Frames, before: Map<string, string[]>, regroup: boolean): Promise<Group[]> {
  const now = frames.at(-1)!
  let groups = before
  if (regroup || !before.size) {
    // Only those who have ties by now: the others are tied to nobody, and would be put together by nothing but that.
    const tied = [...new Set([...now.from, ...now.to])].sort((a, b) => a - b)
    const place = new Map(tied.map((v, i) => [v, i]))
    const ties = { n: tied.length, from: now.from.map((v) => place.get(v)!), to: now.to.map((v) => place.get(v)!), weights: now.weights.slice() }
    const found = await runInWorker('findGroupsOf', [ENOUGH, ties])
    const wanted = membersOf(found).map((nodes) => nodes.map((i) => people[tied[i]])).filter((group) => group.length >= ENOUGH)
    ;({ groups } = settle(before, wanted, ENOUGH, newId))
  }
  return withoutSmall(groups, people, now).map(([id, some]) => ({ id, label: '', people: some }))
}

/** Groups that so many people left that they can not be told any more go into their neighbours. */
function withoutSmall(groups: Map<string, string[]>, people: string[], ties: Frame): [string, string[]][] {
  const list = [...groups].filter(([, some]) => some.length)
  if (list.every(([, some]) => some.length >= ENOUGH)) return list
  // Their graph alone; who has no ties any more is a node without any.
  const members = list.flatMap(([, some]) => some)
  const place = new Map(members.map((id, i) => [id, i]))
  const node = people.map((id) => place.get(id) ?? -1)
  const kept = [...ties.from.keys()].filter((i) => node[ties.from[i]] >= 0 && node[ties.to[i]] >= 0)
  const graph = buildGraph({ n: members.length, from: kept.map((i) => node[ties.from[i]]), to: kept.map((i) => node[ties.to[i]]), weights: kept.map((i) => ties.weights[i]) })
  const membership = Uint32Array.from(list.flatMap(([, some], g) => some.map(() => g)))
  return membersOf(mergeSmall(graph, { membership, count: list.length }, ENOUGH))
    .map((nodes): [string, string[]] => [largestOf(nodes.map((v) => list[membership[v]][0])), nodes.map((v) => members[v])])
    .filter(([, some]) => some.length >= ENOUGH)
}

/** What stands most often in a list. */
const largestOf = (items: string[]): string => [...Map.groupBy(items, (item) => item)].sort((a, b) => b[1].length - a[1].length)[0][0]

/**
 * People by department, site or topic, as they are told on the map; none where all would be one group.
 * @param communities all that is told of communities, the larger ones too: what is told here must not differ from it by a few
 */
export async function groupByCut(ctx: Pick<Ctx, 'db'>, cut: Exclude<Cut, 'community'>, communities: string[][], before: Map<string, string[]>, regroup: boolean): Promise<Group[]> {
  const onMap = new Set(communities.flat())
  const labelled = await groupByLabel(ctx, cut, onMap)
  const labels = new Map(labelled.flatMap(({ label, people }) => people.map((person) => [person, label] as const)))
  const known = new Map([...before].map(([id, people]) => [id, people.filter((person) => onMap.has(person))]))
  const { groups } = regroup || !before.size ? settle(known, labelled.map(({ people }) => people), ENOUGH, newId) : { groups: known }
  const told = [...groups].filter(([, people]) => people.length > 0).map(([id, people]) => ({ id, people, label: largestOf(people.map((person) => labels.get(person) ?? '')) }))
  const merge = (a: Group, b: Group): Group => ({ id: a.people.length > b.people.length ? a.id : b.id, label: '', people: [...a.people, ...b.people] })
  const large = keepLarge(told, merge)
  const apart = keepApart(large, communities, ENOUGH, merge)
  return apart.length > 1 ? apart : []
}

function keepLarge(groups: Group[], merge: (a: Group, b: Group) => Group): Group[] {
  const sorted = groups.toSorted((a, b) => b.people.length - a.people.length)
  while (sorted.length > 1 && sorted.at(-1)!.people.length < ENOUGH) sorted.push(merge(sorted.pop()!, sorted.pop()!))
  return sorted
}
