/** Figures about people concern at least so many of them, or nobody. */
export const ENOUGH = 8

const DAY = 86_400_000
const WEEK = 7 * DAY
const FIRST_MONDAY = 4 * DAY

/** The number of the week (Monday to Sunday, UTC) of a moment, counted from January 1970. */
export const weekOf = (ms: number): number => Math.floor((ms - FIRST_MONDAY) / WEEK)

/** The moment at which a week begins. */
export const beginOf = (week: number): number => FIRST_MONDAY + week * WEEK

/** The newest week that can be told: everything begun in it has had seven days to be answered. */
export const lastTold = (now: number): number => weekOf(now) - 2

/** Weeks that are told only together: from the first to the last one, with so many people in them (8 stands for more). */
export type Run = { from: number; to: number; people: number }

/** Who took part in each week, at least eight of them where there were more. */
export type PeopleByWeek = Map<number, string[]>

/**
 * Cuts weeks into runs in which at least eight different people took part, or nobody. Everything told is a sum of whole
 * runs, so no two answers differ by less than one. A run that is closed stays what it is, whatever comes later. Weeks at
 * the end that have no eight people yet are not told.
 * @param first the first week of all, or the one after a week with eight people, where a run always ends
 * @example runsOf(new Map([[0, ['ann', 'bob']], [2, sixOthers]]), 0, 2) // [{ from: 0, to: 2, people: 8 }]
 */
export function runsOf(people: PeopleByWeek, first: number, last: number): Run[] {
  const runs: Run[] = []
  let [from, inRun] = [first, new Set<string>()]
  for (let week = first; week <= last; week++) {
    for (const id of people.get(week) ?? []) inRun.add(id)
    if (inRun.size > 0 && inRun.size < ENOUGH) continue
    runs.push({ from, to: week, people: Math.min(inRun.size, ENOUGH) })
    ;[from, inRun] = [week + 1, new Set()]
  }
  return runs
}

/**
 * The runs of the last `weeks`, those included that reach into them. Looks back no further than to a week with eight
 * people: in a busy place that is near, and a quiet one is small.
 * @param oldest the first week of all; nothing is told of the time before
 * @param peopleIn who took part, for weeks from one to another
 */
export async function findRuns(last: number, weeks: number, oldest: number, peopleIn: (from: number, to: number) => Promise<PeopleByWeek>): Promise<Run[]> {
  if (oldest > last) return []
  const people: PeopleByWeek = new Map()
  const begin = Math.max(last - weeks + 1, oldest)
  let [from, to] = [begin - 4, last]
  for (;;) {
    for (const [week, ids] of await peopleIn(from, to)) people.set(week, ids)
    const full = [...people].filter(([week, ids]) => week < begin && ids.length >= ENOUGH).map(([week]) => week)
    if (full.length || from <= oldest) return runsOf(people, full.length ? Math.max(...full) + 1 : oldest, last).filter((run) => run.to >= begin)
    ;[from, to] = [begin - 4 * (begin - from), from - 1]
  }
}

/** A number of people, told in eights ("at least 16"): two such numbers never differ by a small group. */
export const inEights = (count: number): number => Math.floor(count / ENOUGH) * ENOUGH
