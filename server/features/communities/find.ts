import { sql } from 'kysely'
import { recountTies } from '../../core/ties/commands.ts'
import { loadTies, type TieGraph } from '../../core/ties/queries.ts'
import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { buildGraph } from '../../kernel/graph/graph.ts'
import { leiden } from '../../kernel/graph/leiden.ts'
import { matchGroups } from '../../kernel/graph/match.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { wordsOfGroups } from './words.ts'

/** Fewer than three are no community. */
export const SMALLEST = 3
// Part of a second community is who has so much of their ties in it.
const ALSO = 0.25

type Found = { people: string[]; shares: number[] }

/**
 * Looks for communities in the ties as they are today, and keeps them: those that were there before keep their identity.
 * @param at the day to look from, `2026-11-22`
 */
export async function findCommunities(host: Host, at = new Date().toISOString().slice(0, 10)): Promise<void> {
  const found = groupPeople(await loadTies(host, at))
  await inTransaction(host, SYSTEM, async (ctx) => {
    await sql`select pg_advisory_xact_lock(hashtext('communities'))`.execute(ctx.db)
    const old = await ctx.db.selectFrom('communities').innerJoin('community_members as m', 'm.community_id', 'communities.id')
      .where('gone_at', 'is', null).select(['communities.id', sql<string[]>`array_agg(m.person_id)`.as('people')]).groupBy('communities.id').execute()
    // Whoever left the picture while this was computed is in none of it.
    const { rows: gone } = await sql<{ person_id: string }>`select person_id from tie_choices where not in_network`.execute(ctx.db)
    const left = new Set(gone.map((row) => row.person_id))
    const groups = found.map((group) => without(group, left)).filter(({ people }) => people.length >= SMALLEST)
    const { ids, changes } = matchGroups(new Map(old.map(({ id, people }) => [id, people])), groups.map(({ people }) => people), newId)
    const words = await wordsOfGroups(ctx, groups.map(({ people }) => people))
    const lost = changes.filter(({ type }) => type === 'gone' || type === 'merged').map(({ id }) => id)
    await sql`update communities set gone_at = now() where id = any(${lost}::uuid[])`.execute(ctx.db)
    await sql`delete from community_members`.execute(ctx.db)
    for (const [i, { people, shares }] of groups.entries()) {
      await sql`insert into communities (id, words, size) values (${ids[i]}, ${words[i]}::text[], ${people.length})
        on conflict (id) do update set words = excluded.words, size = excluded.size, seen_at = now(), gone_at = null`.execute(ctx.db)
      await sql`insert into community_members (community_id, person_id, share)
        select ${ids[i]}, * from unnest(${people}::uuid[], ${shares}::real[])`.execute(ctx.db)
    }
    for (const { type, id, others } of changes)
      await ctx.db.insertInto('community_changes').values({ type, community_id: id, others }).execute()
  })
}

const without = ({ people, shares }: Found, left: Set<string>): Found => {
  const keep = people.map((id) => !left.has(id))
  return { people: people.filter((_, i) => keep[i]), shares: shares.filter((_, i) => keep[i]) }
}

/** The communities in a graph of ties, each with its people, those it is most about first; one may be part of two. */
export function groupPeople({ people, from, to, weights }: TieGraph): Found[] {
  if (!people.length) return []
  // Leiden's chance is in units of weight: a tie of the usual strength weighs 1.
  const usual = weights.reduce((sum, w) => sum + w, 0) / weights.length
  const ties = { n: people.length, from, to, weights: weights.map((w) => w / usual) }
  const graph = buildGraph(ties)
  const { membership, count } = finest(ties)
  const groups: { id: string; share: number }[][] = Array.from({ length: count }, () => [])
  const inside = new Map<number, number>()
  for (let v = 0; v < people.length; v++) {
    inside.clear()
    let all = 0
    for (let i = graph.offsets[v]; i < graph.offsets[v + 1]; i++) {
      const c = membership[graph.targets[i]]
      inside.set(c, (inside.get(c) ?? 0) + graph.weights[i])
      all += graph.weights[i]
    }
    for (const [c, weight] of inside) {
      const share = weight / all
      if (c === membership[v] || share >= ALSO) groups[c].push({ id: people[v], share })
    }
    if (!inside.has(membership[v])) groups[membership[v]].push({ id: people[v], share: 0 })
  }
  return groups.filter((group) => group.length >= SMALLEST).map((group) => {
    const sorted = group.toSorted((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1))
    return { people: sorted.map(({ id }) => id), shares: sorted.map(({ share }) => share) }
  })
}

// More do not know each other as a community; where one has parts that keep together clearly (modularity), these are shown.
const LARGE = 24
const CLEAR = 0.2

/** Communities within communities, down to those that have no clear parts or are small. */
function finest(ties: { n: number; from: Uint32Array; to: Uint32Array; weights: Float64Array }): { membership: Uint32Array; count: number } {
  const { membership, count } = leiden(buildGraph(ties), { seed: 1 })
  const result = membership.slice()
  let next = count
  for (let c = 0; c < count; c++) {
    const nodes = Uint32Array.from(membership.keys().filter((v) => membership[v] === c))
    if (nodes.length <= LARGE || nodes.length === ties.n) continue
    const place = new Map(Array.from(nodes, (v, i) => [v, i]))
    const inside = Array.from(ties.from.keys()).filter((i) => place.has(ties.from[i]) && place.has(ties.to[i]))
    const part = {
      n: nodes.length, from: Uint32Array.from(inside, (i) => place.get(ties.from[i])!), to: Uint32Array.from(inside, (i) => place.get(ties.to[i])!),
      weights: Float64Array.from(inside, (i) => ties.weights[i]),
    }
    if (leiden(buildGraph(part), { seed: 1 }).quality < CLEAR) continue
    const parts = finest(part)
    // The first part keeps the number of the whole.
    nodes.forEach((v, i) => (result[v] = parts.membership[i] === 0 ? c : next + parts.membership[i] - 1))
    next += parts.count - 1
  }
  return { membership: result, count: next }
}

/** Daily, and after much came in at once: then what the ties are is counted first. */
export const findCommunitiesJob = defineJob<{ recount?: boolean }>('find-communities', async (host, { recount }) => {
  if (recount) await recountTies(host)
  await findCommunities(host)
})
