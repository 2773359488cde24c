import { sql } from 'kysely'
import { answered, count, links, runsTable } from '../../core/entries/conversations.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { departments, sites } from '../../core/people/sites.ts'
import { isHuman } from '../../core/people/taking-part.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow } from '../../kernel/errors.ts'
import { timeOf } from '../../kernel/ids.ts'
import { beginOf, ENOUGH, findRuns, inEights, lastTold, type PeopleByWeek, type Run, weekOf } from '../../kernel/weeks.ts'
import { openConversations, openEntries } from './open.ts'
import type { RootingFigures, RootingView } from './schema.ts'
import { countSpaces } from './spaces.ts'

/**
 * How the network takes root, by what is said in its open spaces: so it is the same for everybody, and tells nobody of
 * what they may not read.
 * @throws Refusal 403 for guests, for whom open spaces are not open
 */
export async function rooting(ctx: Ctx, weeks: number, now = Date.now()): Promise<RootingView> {
  allow(ctx.actor.role !== 'guest', 'This is about spaces that guests do not read.', 'members_only')
  const oldest = await oldestWeek(ctx)
  const find = (window: number) => findRuns(lastTold(now), window, oldest, (from, to) => peopleByWeek(ctx, from, to))
  const runs = await find(weeks)
  if (!runs.some((run) => run.people)) return { weeks, from: null, to: null, figures: null, runs: [] }
  const { trend, ...counts } = await countRooting(ctx, runs)
  return {
    weeks, from: dayOf(beginOf(runs[0].from)), to: dayOf(beginOf(runs.at(-1)!.to + 1) - 1),
    figures: { ...tell(counts), spaces: await countSpaces(ctx, await find(4)) },
    runs: runs.map((run, i) => ({
      from: dayOf(beginOf(run.from)), to: dayOf(beginOf(run.to + 1) - 1), weeks: run.to - run.from + 1,
      ...(trend[i] ? { ...trend[i], people: inEights(trend[i].people) } : { people: 0, threads: 0, answered: 0, questions: 0, questions_answered: 0 }),
    })),
  }
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

async function oldestWeek(ctx: Ctx): Promise<number> {
  const oldest = await openEntries(visibleEntries(ctx)).select('entries.id').orderBy('entries.id').limit(1).executeTakeFirst()
  return oldest ? weekOf(timeOf(oldest.id)) : Number.POSITIVE_INFINITY
}

/** Who wrote, answered or reacted, as the table `took_part`: reactions, too, count to the week of the thread, in its first seven days. */
const tookPart = sql`took_part as materialized (
  select week, author_id as person from turns
  union select t.week, r.person_id from turns t join reactions r on r.entry_id = t.id join people p on p.id = r.person_id
  where ${isHuman('p')} and r.created_at < t.begun + interval '7 days')`

async function peopleByWeek(ctx: Ctx, from: number, to: number): Promise<PeopleByWeek> {
  const rows = await count(ctx, sql<{ week: number; people: string[] }>`with ${openConversations(ctx, from, to)}, ${tookPart}
    select week, (array_agg(person))[1:${sql.lit(ENOUGH)}] as people from took_part group by week`)
  return new Map(rows.map(({ week, people }) => [week, people]))
}

type Trend = Record<number, { people: number; threads: number; answered: number; questions: number; questions_answered: number }>
type Counts = {
  people: number; threads: number; answered: number; questions: number; questions_answered: number
  once: number; some: number; often: number
  by: 'domain' | 'time_zone'; sites: Crossing; departments: Crossing
}
/** How much goes from one of so many groups to another, and how much stays in one; and how many people have a part in each. */
type Crossing = { groups: number; across: number; within: number; people_across: number; people_within: number }

/** Answers from one group of people to another, as the tables that end in `_crossing` and `_meeting`. */
const crossing = (groups: 'sites' | 'departments') => {
  const [table, answers, meeting] = [sql.raw(groups), sql.raw(`${groups}_crossing`), sql.raw(`${groups}_meeting`)]
  return {
    tables: sql`${answers} as materialized (select a, b, ga.site <> gb.site as is_across from links join runs using (week) join ${table} ga on ga.person = a join ${table} gb on gb.person = b),
      ${meeting} as (select is_across, count(distinct person) as n from (select is_across, a as person from ${answers} union all select is_across, b from ${answers}) both_ends group by 1)`,
    counts: sql`(select json_build_object('groups', (select count(distinct site) from ${table}), 'across', count(*) filter (where is_across), 'within', count(*) filter (where not is_across),
      'people_across', coalesce((select n from ${meeting} where is_across), 0), 'people_within', coalesce((select n from ${meeting} where not is_across), 0)) from ${answers})`,
  }
}

/** Everything at once, of whole runs only. */
async function countRooting(ctx: Ctx, runs: Run[]): Promise<Counts & { trend: Trend }> {
  const [bySite, byDepartment] = [crossing('sites'), crossing('departments')]
  const rows = await count(ctx, sql<Counts & { trend: Trend }>`
    with ${openConversations(ctx, runs[0].from, runs.at(-1)!.to)}, ${runsTable(runs)}, ${answered}, ${links}, ${tookPart}, ${sites}, ${departments}, ${bySite.tables}, ${byDepartment.tables},
    threads as materialized (select run, wait is not null as is_answered, regexp_replace(concat(e.title, ' ', e.body), 'https?://\\S+', '', 'g') ~ '[?？؟]' as asks
      -- visible: the words of the heads, which are visible entries
      from heads join runs using (week) join entries e on e.id = heads.id left join answered on answered.head = heads.id),
    told as materialized (select person, run, week from took_part join runs using (week)),
    faithful as (select person, count(distinct week) as n from told group by person),
    people_in as (select run, count(distinct person)::int as people from told group by run),
    threads_in as (select run, count(*)::int as threads, count(*) filter (where is_answered)::int as answered, count(*) filter (where asks)::int as questions,
      count(*) filter (where asks and is_answered)::int as questions_answered from threads group by run)
    select
      (select json_build_object('people', count(*), 'once', count(*) filter (where n = 1), 'some', count(*) filter (where n in (2, 3)), 'often', count(*) filter (where n > 3)) from faithful) as faithful,
      (select json_build_object('threads', coalesce(sum(threads), 0), 'answered', coalesce(sum(answered), 0), 'questions', coalesce(sum(questions), 0),
        'questions_answered', coalesce(sum(questions_answered), 0)) from threads_in) as threads,
      json_build_object('by', (select max(kind) from sites), 'sites', ${bySite.counts}, 'departments', ${byDepartment.counts}) as crossing,
      (select coalesce(json_object_agg(run, to_jsonb(t) - 'run'), '{}') from (select * from people_in join threads_in using (run)) t) as trend`)
  const { trend, ...parts } = rows[0] as any
  return Object.assign({ trend }, ...Object.values(parts))
}

const isTold = (...groups: number[]) => groups.every((n) => n === 0 || n >= ENOUGH)

/** What is told of what was counted: where people are the unit, no part may be a small group. */
function tell(c: Counts): Omit<RootingFigures, 'spaces'> {
  const across = ({ groups, ...n }: Crossing) => {
    const answers = n.across + n.within
    return groups > 1 && answers > 0 && isTold(n.people_across, n.people_within) ? { groups, share: Math.round((100 * n.across) / answers) } : null
  }
  const [bySite, byDepartment] = [across(c.sites), across(c.departments)]
  return {
    people: inEights(c.people), threads: c.threads, answered: c.answered, questions: c.questions, questions_answered: c.questions_answered,
    returning: isTold(c.once, c.some, c.often) ? { once: inEights(c.once), some: inEights(c.some), often: inEights(c.often) } : null,
    across: bySite && { by: c.by, sites: bySite.groups, share: bySite.share }, across_departments: byDepartment && { departments: byDepartment.groups, share: byDepartment.share },
  }
}
