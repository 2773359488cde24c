import type { DrawnRegions } from '../../kernel/graph/draw.ts'
import { matchGroups } from '../../kernel/graph/match.ts'
import { newId } from '../../kernel/ids.ts'
import type { Group } from './groups.ts'

/** A region with everybody in it; `parent` and `parts` are places in the same list, in which outer ones come first. */
export type TreeRegion = { id: string; label: string; people: string[]; parent: number; parts: number[]; isLeaf: boolean }
type OldRegion = { id: string; parent_id: string | null }

/** The regions that were drawn, each with the identity it had before: inner ones that of their group, outer ones by what they consist of. */
export function regionsOf(groups: Group[], { parents, leaves }: DrawnRegions, old: OldRegion[]): TreeRegion[] {
  const regions = Array.from(leaves, (leaf, i): TreeRegion => ({
    id: leaf < 0 ? '' : groups[leaf].id, label: leaf < 0 ? '' : groups[leaf].label, people: leaf < 0 ? [] : groups[leaf].people,
    parent: parents[i], parts: [], isLeaf: leaf >= 0,
  }))
  for (let i = regions.length - 1; i >= 0; i--) {
    const parent = regions[regions[i].parent]
    if (!parent) continue
    parent.parts.push(i)
    parent.people = parent.people.concat(regions[i].people)
  }
  const leavesUnder = (i: number): string[] => (regions[i].isLeaf ? [regions[i].id] : regions[i].parts.flatMap(leavesUnder))
  const outer = regions.map((_, i) => i).filter((i) => !regions[i].isLeaf)
  const { ids } = matchGroups(oldOuter(old), outer.map(leavesUnder), newId)
  outer.forEach((i, k) => (regions[i].id = ids[k]))
  return regions
}

/** The regions that consisted of others, by all the innermost ones within them. */
function oldOuter(old: OldRegion[]): Map<string, string[]> {
  const parts = Map.groupBy(old, ({ parent_id }) => parent_id)
  const within = (id: string): string[] => parts.get(id)?.flatMap((part) => within(part.id)) ?? [id]
  return new Map(old.filter(({ id }) => parts.has(id)).map(({ id }) => [id, within(id)]))
}
