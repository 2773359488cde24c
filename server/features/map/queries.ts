import { sql } from 'kysely'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import { findTieChoices } from '../../core/ties/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, notFound } from '../../kernel/errors.ts'
import { type Cut, Cut as Cuts, type Figures, type Link, type NetworkMap, type Region, type RegionParts } from './schema.ts'

/** Guests do not read open spaces, from which the regions have their names. @throws Refusal 403 */
const allowMembers = (ctx: Ctx) => allow(ctx.actor.role !== 'guest', 'The map is for members of the network.', 'members_only')

/**
 * The map, its outermost regions: the same for everybody, but for the regions the reader is in.
 * @throws Refusal 403 for guests
 */
export async function findMap(ctx: Ctx, by: Cut): Promise<NetworkMap> {
  allowMembers(ctx)
  const drawing = await ctx.db.selectFrom('map_drawings').selectAll().executeTakeFirst()
  const { in_network } = await findTieChoices(ctx)
  const cuts = await ctx.db.selectFrom('map_regions').select('cut').distinct().execute()
  const own = in_network ? await ctx.db.selectFrom('map_people').where('cut', '=', by).where('person_id', '=', ctx.actor.id).select(['region_id', 'standing']).executeTakeFirst() : undefined
  return {
    by, cuts: Cuts.options.filter((cut) => cuts.some((row) => row.cut === cut)), drawn_at: drawing?.drawn_at ?? null, months: drawing?.months ?? [],
    ...await partsOf(ctx, by, null), mine: own ? await wayTo(ctx, own.region_id) : [], in_network,
    standing: own?.standing ?? null, figures: (drawing?.figures as Figures | undefined) ?? null,
  }
}

/** What a region consists of. @throws Refusal 403 for guests, 404 where there is nothing to look closer at */
export async function findParts(ctx: Ctx, id: string): Promise<RegionParts> {
  allowMembers(ctx)
  const region = await ctx.db.selectFrom('map_regions').select(['cut', 'parts']).where('id', '=', id).executeTakeFirst()
  if (!region?.parts) throw notFound()
  return partsOf(ctx, region.cut, id)
}

/** All regions of a cut, those within others too, and what ties them. @throws Refusal 403 for guests */
export async function findWholeMap(ctx: Ctx, by: Cut): Promise<{ regions: Region[]; links: Link[]; months: string[] }> {
  allowMembers(ctx)
  const drawing = await ctx.db.selectFrom('map_drawings').select('months').executeTakeFirst()
  const rows = await ctx.db.selectFrom('map_regions').where('cut', '=', by).selectAll().orderBy('place').execute()
  const links = await ctx.db.selectFrom('map_links').where('cut', '=', by).select(['a', 'b', 'strength', 'against_chance']).orderBy('a').orderBy('b').execute()
  return { regions: await show(ctx, rows), links, months: drawing?.months ?? [] }
}

async function partsOf(ctx: Ctx, cut: Cut, parent: string | null): Promise<RegionParts> {
  const rows = await ctx.db.selectFrom('map_regions').where('cut', '=', cut).where('parent_id', parent ? '=' : 'is', parent).selectAll().orderBy('place').execute()
  const links = await ctx.db.selectFrom('map_links').where('cut', '=', cut).where('parent_id', parent ? '=' : 'is', parent)
    .select(['a', 'b', 'strength', 'against_chance']).orderBy('a').orderBy('b').execute()
  const alike = await ctx.db.selectFrom('map_alike').where('cut', '=', cut).where('parent_id', parent ? '=' : 'is', parent).select(['a', 'b', 'words'])
    .where(sql<boolean>`not exists (select from map_declined d where d.person_id = ${ctx.actor.id} and d.a = least(map_alike.a, map_alike.b) and d.b = greatest(map_alike.a, map_alike.b))`)
   .orderBy('a').orderBy('b').execute()
  return { regions: await show(ctx, rows), links, alike }
}

type Row = Omit<Region, 'by' | 'parent' | 'space' | 'within'> & { parent_id: string | null; space_id: string | null; within: number[]; cut: Cut }

async function show(ctx: Ctx, rows: Row[]): Promise<Region[]> {
  const named = rows.flatMap(({ space_id }) => space_id ?? [])
  // An open space may have been closed since.
  const spaces = named.length ? await visibleSpaces(ctx).where('spaces.id', 'in', named).where('spaces.visibility', '=', 'open').select(['spaces.id', 'spaces.name']).execute() : []
  const byId = new Map(spaces.map((space) => [space.id, space]))
  return rows.map(({ id, cut, parent_id, people, parts, x, y, r, label, words, space_id, within }) => ({
    id, by: cut, parent: parent_id, people, parts, x, y, r, label, words, space: byId.get(space_id ?? '') ?? null, within: within.map((step) => (step < 0 ? null : step)),
  }))
}

/** The regions around one and itself, outer ones first. */
async function wayTo(ctx: Ctx, innermost: string): Promise<string[]> {
  const way: string[] = []
  for (let id: string | null = innermost; id;) {
    const region: { parent_id: string | null } | undefined = await ctx.db.selectFrom('map_regions').where('id', '=', id).select('parent_id').executeTakeFirst()
    if (region) way.unshift(id)
    id = region?.parent_id ?? null
  }
  return way
}
