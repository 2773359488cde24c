import { sql } from 'kysely'
import { wordsOfGroups } from '../../core/entries/words.ts'
import { isInPicture } from '../../core/ties/queries.ts'
import { type Ctx, type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { runInWorker } from '../../kernel/graph/run-in-worker.ts'
import { defineJob } from '../../kernel/jobs.ts'
import { ENOUGH } from '../../kernel/weeks.ts'
import { findAlike } from './alike.ts'
import { describeWhole } from './figures.ts'
import { type Frames, loadFrames } from './frames.ts'
import { type Group, groupByCut, groupByTies } from './groups.ts'
import { keepMap, type Sheet } from './keep.ts'
import { layOut } from './layout.ts'
import { Cut } from './schema.ts'
import { tellingSpaces } from './spaces.ts'
import { regionsOf } from './tree.ts'

const SIDE_BY_SIDE = 40
const DAYS = 7
// A region is called by the first of its words; by more of them it is compared with others.
const [NAMING, WORDS] = [3, 15]

/**
 * Draws the map anew. People are put into groups once a week only, so that nobody learns from one day to the next who
 * went where; in between what is told of the groups follows those who leave.
 * @param regroup put people into groups even if it is no week since
 */
export async function drawMap(host: Host, { regroup = false, now = Date.now() } = {}): Promise<void> {
  const { db } = host
  const today = new Date(now).toISOString().slice(0, 10)
  const before = await db.selectFrom('map_drawings').selectAll().executeTakeFirst()
  const isDue = regroup || !before || now - Date.parse(before.grouped_at) >= DAYS * 86_400_000
  const frames = await loadFrames(host, today)
  const sheets: Sheet[] = []
  const communities = await groupByTies(frames, await peopleByRegion(host, 'community'), isDue)
  if (communities.length) {
    const sheet = await drawSheet(host, 'community', communities, frames)
    sheets.push(sheet)
    for (const cut of Cut.options) {
      if (cut === 'community') continue
      const groups = await groupByCut(host, cut, sheet.regions.map(({ people }) => people), await peopleByRegion(host, cut), isDue)
      if (groups.length) sheets.push(await drawSheet(host, cut, groups, frames))
    }
  }
  const whole = await describeWhole(host, today, frames, sheets)
  const groupedAt = isDue ? new Date(now).toISOString() : before!.grouped_at
  const isKept = await inTransaction(host, SYSTEM, (ctx) => keepMap(ctx, sheets, { drawnBefore: before?.drawn_at ?? null, months: frames.months, groupedAt, ...whole }))
  if (!isKept) await drawMap(host, { regroup, now })
}

/** Who was told of together last, without who has left since. */
async function peopleByRegion({ db }: Pick<Ctx, 'db'>, cut: Cut): Promise<Map<string, string[]>> {
  const rows = await db.selectFrom('map_people').where('cut', '=', cut).where(isInPicture('map_people.person_id'))
    .select(['region_id', sql<string[]>`array_agg(person_id)`.as('people')]).groupBy('region_id').execute()
  return new Map(rows.map(({ region_id, people }) => [region_id, people]))
}

async function drawSheet(host: Host, cut: Cut, groups: Group[], { people, frames }: Frames): Promise<Sheet> {
  const place = new Map(people.map((id, v) => [id, v]))
  const innermost = new Int32Array(people.length).fill(-1)
  groups.forEach((group, g) => group.people.forEach((id) => place.has(id) && (innermost[place.get(id)!] = g)))
  const drawn = await runInWorker('drawRegions', [innermost, groups.length, structuredClone(frames), { least: ENOUGH, most: cut === 'community' ? SIDE_BY_SIDE : undefined }])
  const old = await host.db.selectFrom('map_regions').where('cut', '=', cut).select(['id', 'parent_id', 'x', 'y', 'r']).execute()
  const regions = regionsOf(groups, drawn, old)
  const discs = await layOut(regions, drawn.frames.at(-1)!.links, old)
  const isNamed = cut === 'community'
  const words = isNamed ? await wordsOfGroups(host, regions.map((region) => region.people), WORDS) : regions.map(() => [])
  const spaces = isNamed ? await tellingSpaces(host, regions.map((region) => region.people)) : regions.map(() => null)
  const alike = findAlike(regions, words, drawn.frames.at(-1)!.links)
  return { cut, regions, discs, words: distinct(words), alike, spaces, frames: drawn.frames }
}

/** The first words of each, and later ones where others are called so already. */
function distinct(words: string[][]): string[][] {
  const taken = new Set<string>()
  return words.map((all) => {
    let name = all.slice(0, NAMING)
    for (let next = NAMING; taken.has(name.join()) && next < all.length; next++) name = [...name.slice(0, NAMING - 1), all[next]]
    if (name.length) taken.add(name.join())
    return name
  })
}

export const drawMapJob = defineJob<{ regroup?: boolean }>('draw-map', (host, payload) => drawMap(host, payload), { queue: 'heavy' })
