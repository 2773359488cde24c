import { sql } from 'kysely'
import { wordsOfGroups } from '../../core/entries/words.ts'
import { recountTies } from '../../core/ties/commands.ts'
import { loadOpenTies, type TieGraph } from '../../core/ties/queries.ts'
import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { matchGroups } from '../../kernel/graph/match.ts'
import { emit } from '../../kernel/events.ts'
import { runInWorker } from '../../kernel/graph/run-in-worker.ts'
import { newId } from '../../kernel/ids.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { communitiesFound } from './events.ts'

/** Fewer than three are no community. */
export const SMALLEST = 3

type Found = { people: string[]; shares: number[] }

/**
 * Looks for communities in the ties that everybody may read, as they are today, and keeps them: those that were there before keep their identity.
 * @param at the day to look from, `2026-11-22`
 * @param recounted whether all ties were counted anew before, which what follows is told
 */
export async function findCommunities(host: Host, at = new Date().toISOString().slice(0, 10), recounted = false): Promise<void> {
  const found = await groupPeople(await loadOpenTies(host, at))
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
    await sql`delete from community_homes where community_id = any(${lost}::uuid[])`.execute(ctx.db)
    await sql`delete from community_members`.execute(ctx.db)
    for (const [i, { people, shares }] of groups.entries()) {
      await sql`insert into communities (id, words) values (${ids[i]}, ${words[i]}::text[])
        on conflict (id) do update set words = excluded.words, gone_at = null`.execute(ctx.db)
      await sql`insert into community_members (community_id, person_id, share)
        select ${ids[i]}, * from unnest(${people}::uuid[], ${shares}::real[])`.execute(ctx.db)
    }
    for (const { type, id, others } of changes)
      await ctx.db.insertInto('community_changes').values({ type, community_id: id, others }).execute()
    await sql`insert into community_searches (at) values (now()) on conflict (singleton) do update set at = now()`.execute(ctx.db)
    await emit(ctx, communitiesFound, {}, { recounted })
  })
}

const without = ({ people, shares }: Found, left: Set<string>): Found => {
  const keep = people.map((id) => !left.has(id))
  return { people: people.filter((_, i) => keep[i]), shares: shares.filter((_, i) => keep[i]) }
}

/** The communities in a network of ties, each with its people, those it is most about first; one may be part of two. */
async function groupPeople({ people, ...ties }: TieGraph): Promise<Found[]> {
  if (!people.length) return []
  const groups = await runInWorker('findGroups', [{ n: people.length, ...ties }, { smallest: SMALLEST }])
  return groups.map(({ nodes, shares }) => ({ people: nodes.map((v) => people[v]), shares }))
}

/** Daily, and after much came in at once: then what the ties are is counted first. */
export const findCommunitiesJob = defineJob<{ recount?: boolean }>('find-communities', async (host, { recount }) => {
  if (recount) await recountTies(host)
  await findCommunities(host, undefined, recount)
}, { queue: 'heavy' })
