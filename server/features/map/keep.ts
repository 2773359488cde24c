import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import type { Disc } from '../../kernel/graph/arrange.ts'
import type { RegionFigures } from '../../kernel/graph/regions.ts'
import { inEights } from '../../kernel/weeks.ts'
import type { AlikePair } from './alike.ts'
import type { Cut, Figures, Standing } from './schema.ts'
import { stepOfChance, stepOfLink, stepOfShare } from './steps.ts'
import type { TreeRegion } from './tree.ts'

/** One cut of the map, drawn. Lists are by region; figures by frame, then by region. */
export type Sheet = { cut: Cut; regions: TreeRegion[]; discs: Disc[]; words: string[][]; alike: AlikePair[]; spaces: (string | null)[]; frames: RegionFigures[] }

/** What is told of the network as a whole, and to each person of themselves. */
export type Whole = { drawnBefore: string | null; months: string[]; groupedAt: string; figures: Figures; standings: Map<string, Standing> }

/**
 * Keeps what is told of a map in the place of the one it was drawn from, and who is where.
 * @returns false, and nothing is kept, where another one was drawn meanwhile: from that one it might differ by a few people
 */
export async function keepMap(ctx: Ctx, sheets: Sheet[], { drawnBefore, months, groupedAt, figures, standings }: Whole): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('map'))`.execute(ctx.db)
  const last = await ctx.db.selectFrom('map_drawings').select('drawn_at').executeTakeFirst()
  if ((last?.drawn_at ?? null) !== drawnBefore) return false
  for (const table of ['map_regions', 'map_links', 'map_alike', 'map_people', 'map_drawings'] as const) await ctx.db.deleteFrom(table).execute()
  for (const sheet of sheets) {
    await keepRegions(ctx, sheet)
    await keepLinks(ctx, sheet)
    await keepAlike(ctx, sheet)
    for (const { id, people, isLeaf } of sheet.regions)
      if (isLeaf) await sql`insert into map_people (cut, person_id, region_id, standing)
        select ${sheet.cut}, p, ${id}, s from unnest(${people}::uuid[], ${people.map((one) => standings.get(one) ?? null)}::text[]) t(p, s)`.execute(ctx.db)
  }
  await ctx.db.insertInto('map_drawings').values({ grouped_at: groupedAt, months, figures: JSON.stringify(figures) }).execute()
  return true
}

async function keepRegions(ctx: Ctx, { cut, regions, discs, words, spaces, frames }: Sheet): Promise<void> {
  const bySize = regions.map((_, i) => i).sort((a, b) => regions[b].people.length - regions[a].people.length)
  const place = new Map(bySize.map((i, k) => [i, k]))
  const rows = regions.map(({ id, label, parent, people, parts }, i) => ({
    id, cut, parent_id: regions[parent]?.id ?? null, place: place.get(i)!, ...discs[i], people: inEights(people.length), parts: parts.length,
    label, words: words[i], space_id: spaces[i], within: frames.map(({ within }) => stepOfShare(within[i])),
  }))
  for (let at = 0; at < rows.length; at += 500) await ctx.db.insertInto('map_regions').values(rows.slice(at, at + 500)).execute()
}

async function keepLinks(ctx: Ctx, { cut, regions, frames }: Sheet): Promise<void> {
  const links = new Map<string, { a: number; b: number; strength: number[]; against_chance: number }>()
  frames.forEach((frame, at) => {
    for (const { a, b, share, ratio } of frame.links) {
      const link = links.get(`${a} ${b}`) ?? { a, b, strength: frames.map(() => 0), against_chance: 0 }
      link.strength[at] = stepOfLink(share)
      if (at === frames.length - 1) link.against_chance = stepOfChance(ratio)
      links.set(`${a} ${b}`, link)
    }
  })
  const rows = [...links.values()].filter(({ strength }) => strength.some((step) => step > 0)).map(({ a, b, ...rest }) => ({
    a: regions[a].id, b: regions[b].id, cut, parent_id: regions[regions[a].parent]?.id ?? null, ...rest,
  }))
  for (let at = 0; at < rows.length; at += 500) await ctx.db.insertInto('map_links').values(rows.slice(at, at + 500)).execute()
}

async function keepAlike(ctx: Ctx, { cut, regions, alike }: Sheet): Promise<void> {
  for (const { a, b, words } of alike)
    await ctx.db.insertInto('map_alike').values({ a: regions[a].id, b: regions[b].id, cut, parent_id: regions[regions[a].parent]?.id ?? null, words }).execute()
}
