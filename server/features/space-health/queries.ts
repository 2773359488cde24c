import { sql } from 'kysely'
import { answered, conversations, count, links, runsTable } from '../../core/entries/conversations.ts'
import { isSpoken } from '../../core/entries/kinds.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { timeOf } from '../../kernel/ids.ts'
import { beginOf, ENOUGH, findRuns, inEights, lastTold, type PeopleByWeek, type Run, weekOf } from '../../kernel/weeks.ts'
import { adviseOn } from './advice.ts'
import { verdictOf } from './policy.ts'
import type { Figures, HealthView } from './schema.ts'

/**
 * How a community is doing: dialogue or broadcast, and what would help; the same for everybody who may read it.
 * @throws Refusal 404 for a space that may not be read, and for conversations and profiles, which are about single people
 */
export async function spaceHealth(ctx: Ctx, spaceId: string, weeks: number, now = Date.now()): Promise<HealthView> {
  const space = await findReadableSpace(ctx, spaceId)
  if (space.kind !== 'community') throw notFound()
  const runs = await findRuns(lastTold(now), weeks, await oldestWeek(ctx, space.id), (from, to) => peopleByWeek(ctx, space.id, from, to))
  if (!runs.some((run) => run.people)) return { weeks, from: null, to: null, verdict: null, figures: null, runs: [], advice: [] }
  const { trend, ...counts } = await countConversation(ctx, space.id, runs)
  const [figures, verdict] = [tell(counts), verdictOf(counts)]
  return {
    weeks, from: dayOf(beginOf(runs[0].from)), to: dayOf(beginOf(runs.at(-1)!.to + 1) - 1), verdict, figures,
    runs: runs.map((run, i) => ({ from: dayOf(beginOf(run.from)), to: dayOf(beginOf(run.to + 1) - 1), weeks: run.to - run.from + 1, ...(trend[i] ?? NOTHING) })),
    advice: await adviseOn(ctx, space.id, verdict, figures, now),
  }
}

const NOTHING = { threads: 0, answered: 0, entries: 0 }
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

const inSpace = (ctx: Ctx, space: string, from: number, to: number) =>
  conversations(ctx, (entries) => entries.where('entries.space_id', '=', space), from, to)

async function oldestWeek(ctx: Ctx, space: string): Promise<number> {
  const oldest = await visibleEntries(ctx).where('entries.space_id', '=', space).select('entries.id').orderBy('entries.id').limit(1).executeTakeFirst()
  return oldest ? weekOf(timeOf(oldest.id)) : Number.POSITIVE_INFINITY
}

/** Who took part in each week; eight of them say as much as all. */
async function peopleByWeek(ctx: Ctx, space: string, from: number, to: number): Promise<PeopleByWeek> {
  const rows = await count(ctx, sql<{ week: number; people: string[] }>`with ${inSpace(ctx, space, from, to)}
    select week, (array_agg(author_id))[1:${sql.lit(ENOUGH)}] as people from (select week, author_id from turns group by 1, 2) once group by week`)
  return new Map(rows.map(({ week, people }) => [week, people]))
}

type Counts = {
  threads: number; answered: number; answered_in_a_day: number; minutes_to_answer: number | null; begun_by_two: number; people_in_answered: number; entries: number
  voices: number; gini: number; pairs: number; mutual: number; links: number; linked: number; of_one: number; of_two: number
  newcomers: number; newcomers_answered: number; newcomers_minutes: number | null
}
type Trend = Record<number, { threads: number; answered: number; entries: number }>

/** Everything at once, of whole runs only. */
async function countConversation(ctx: Ctx, space: string, runs: Run[]): Promise<Counts & { trend: Trend }> {
  const rows = await count(ctx, sql<Counts & { trend: Trend }>`
    with ${inSpace(ctx, space, runs[0].from, runs.at(-1)!.to)}, ${runsTable(runs)}, ${answered}, ${links},
    threads as materialized (select heads.*, run, wait from heads join runs using (week) left join answered on head = id),
    told as materialized (select turns.*, run from turns join runs using (week)),
    told_links as materialized (select a, b from links join runs using (week) where b is not null),
    voices as (select count(*) as n, row_number() over (order by count(*)) as place from told group by author_id),
    pairs as (select bool_or(a < b) and bool_or(a > b) as mutual from told_links group by least(a, b), greatest(a, b)),
    active as materialized (select person, count(*) as n from (select a as person from told_links union all select b from told_links) both_ends group by 1),
    leaders as (select person, n from active order by n desc, person limit 2),
    firsts as (select distinct on (author_id) id, author_id, wait from threads order by author_id, id),
    -- visible: compares with earlier entries of the same space, which was found readable
    newcomers as materialized (select wait from firsts f where not exists (select from entries e where e.author_id = f.author_id
      and e.space_id = ${space} and ${isSpoken('e')} and e.id < f.id)),
    said_in as (select run, count(*)::int as entries from told group by run),
    trend as (select run, count(*)::int as threads, count(wait)::int as answered, entries from threads join said_in using (run) group by run, entries)
    select
      (select json_build_object('threads', count(*), 'answered', count(wait), 'answered_in_a_day', count(*) filter (where wait < interval '1 day'),
        'minutes_to_answer', ${median('wait')}) from threads) as threads,
      (select coalesce(sum(n), 0)::int from (select count(*) as n from threads group by author_id order by n desc limit 2) busiest) as begun_by_two,
      (select count(distinct author_id)::int from told where head in (select head from answered)) as people_in_answered,
      (select json_build_object('voices', count(*), 'entries', sum(n), 'gini', sum((2 * place - (select count(*) from voices) - 1) * n) / (count(*) * sum(n))) from voices) as voices,
      (select json_build_object('pairs', count(*), 'mutual', count(*) filter (where mutual)) from pairs) as pairs,
      (select json_build_object('links', count(*), 'of_two', count(*) filter (where a in (select person from leaders) or b in (select person from leaders))) from told_links) as links,
      (select json_build_object('linked', count(*), 'of_one', coalesce(max(n), 0)) from active) as active,
      (select json_build_object('newcomers', count(*), 'newcomers_answered', count(wait), 'newcomers_minutes', ${median('wait')}) from newcomers) as newcomers,
      (select coalesce(json_object_agg(run, json_build_object('threads', threads, 'answered', answered, 'entries', entries)), '{}') from trend) as trend`)
  const { trend, people_in_answered, begun_by_two, ...parts } = rows[0] as any
  return Object.assign({ trend, people_in_answered, begun_by_two }, ...Object.values(parts))
}

const median = (column: string) => sql`round(extract(epoch from percentile_disc(0.5) within group (order by ${sql.ref(column)})) / 60)`

/** What is told of what was counted. The window holds eight people; a figure about fewer of them is left out. */
function tell(c: Counts): Figures {
  const isLinked = c.linked >= ENOUGH
  return {
    threads: c.threads, answered: c.answered, answered_in_a_day: c.answered_in_a_day, entries: c.entries,
    minutes_to_answer: c.people_in_answered >= ENOUGH ? c.minutes_to_answer : null,
    voices: inEights(c.voices), gini: Math.round(c.gini * 100) / 100,
    mutual_pairs: isLinked ? percent(c.mutual, c.pairs) : null,
    share_of_one: isLinked ? percent(c.of_one, c.links) : null, share_of_two: isLinked ? percent(c.of_two, c.links) : null,
    newcomers: tellNewcomers(c),
  }
}

const percent = (part: number, whole: number) => Math.round((100 * part) / whole)

// Here the answered and the others are people, too: neither may be a small group.
function tellNewcomers({ newcomers, newcomers_answered, newcomers_minutes, voices }: Counts): Figures['newcomers'] {
  const isTold = (...groups: number[]) => groups.every((n) => n === 0 || n >= ENOUGH)
  if (!newcomers || !isTold(newcomers, voices - newcomers)) return null
  return {
    people: inEights(newcomers),
    answered: isTold(newcomers_answered, newcomers - newcomers_answered) ? percent(newcomers_answered, newcomers) : null,
    minutes_to_answer: newcomers_answered >= ENOUGH ? newcomers_minutes : null,
  }
}
