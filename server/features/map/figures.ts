import { sql } from 'kysely'
import { isInPicture, loadOpenTies } from '../../core/ties/queries.ts'
import type { Host } from '../../kernel/context.ts'
import { runInWorker } from '../../kernel/graph/run-in-worker.ts'
import { ENOUGH, inEights } from '../../kernel/weeks.ts'
import type { Frames } from './frames.ts'
import type { Sheet } from './keep.ts'
import type { Figures, Standing } from './schema.ts'
import { inFives } from './steps.ts'

// Of Burt's constraint times the number of people around somebody, which is 1 where none of them know each other and about 4 where all do.
const OPEN = 1.8
const CLOSED = 3

/** What is told of the network as a whole, and to each person alone of those around them. */
export async function describeWhole(host: Host, today: string, { people, frames }: Frames, sheets: Sheet[]): Promise<{ figures: Figures; standings: Map<string, Standing> }> {
  const staying = Object.fromEntries(sheets.map(({ cut, frames: told }) => {
    const { share, byChance } = told.at(-1)!.staying
    return [cut, { share: inFives(share), by_chance: inFives(byChance) }]
  }))
  // Two groups of eight: those who are meant, and the others.
  if (people.length < 2 * ENOUGH || !sheets.length) return { figures: { both_ways: null, core: null, share_of_eight: null, staying }, standings: new Map() }
  const { core, shareOfFew } = await runInWorker('describeNetwork', [{ n: people.length, ...structuredClone(frames.at(-1)!) }, ENOUGH])
  const isTold = core >= ENOUGH && people.length - core >= ENOUGH
  const figures = { both_ways: await bothWays(host), core: isTold ? inEights(core) : null, share_of_eight: inFives(shareOfFew), staying }
  return { figures, standings: await findStandings(host, today) }
}

/** By what everybody may read: seven of the eight around somebody may be known to them, and it would tell of the others. */
async function findStandings(host: Host, today: string): Promise<Map<string, Standing>> {
  const { people, ...ties } = await loadOpenTies(host, today)
  const standings = new Map<string, Standing>()
  for (const [v, value] of (await runInWorker('closureOf', [{ n: people.length, ...ties }, ENOUGH])).entries()) {
    if (value < OPEN) standings.set(people[v], 'open')
    else if (value > CLOSED) standings.set(people[v], 'closed')
  }
  return standings
}

/** Of the pairs of people of whom one turned to the other in the last year, how many did both. */
async function bothWays(ctx: Pick<Host, 'db'>): Promise<number | null> {
  const { rows } = await sql<{ pairs: number; mutual: number }>`
    with turned as materialized (
      select least(from_id, to_id) as a, greatest(from_id, to_id) as b, count(distinct from_id) as ways from ties t
      where ${isInPicture('t.from_id')} and ${isInPicture('t.to_id')} and week > (select max(week) - 365 from ties) group by 1, 2)
    select count(*)::int as pairs, count(*) filter (where ways = 2)::int as mutual from turned`.execute(ctx.db)
  const [{ pairs, mutual }] = rows
  return pairs ? inFives(mutual / pairs) : null
}
