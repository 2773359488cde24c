import type pg from 'pg'
import { listMyTasks, listTasks } from '../server/features/tasks/queries.ts'
import { fill } from './fill.ts'
import { measureReads, onGround, pagesOf } from './ground.ts'
import type { Line } from './measure.ts'

const [RUNS, TASKS, BOARD, MINE] = [100, 100_000, 500, 200]

/** The board of a space with 500 tasks on it, and the work of somebody with 200, among 100,000 tasks and `entries` entries: over HTTP, beside its SQL alone. */
export const measureTasks = (entries: number): Promise<Line[]> => onGround(async (ground) => {
  const { client } = ground
  await fill(client, { people: 2000, spaces: 300, entries })
  const { rows: [{ id: person }] } = await client.query<{ id: string }>('select person_id as id from memberships group by 1 order by count(*) desc, 1 limit 1')
  const { rows: [{ id: space }] } = await client.query<{ id: string }>('select space_id as id from memberships where person_id = $1 order by 1 limit 1', [person])
  console.error(`giving ${TASKS.toLocaleString('en')} tasks …`)
  await give(client, space, person)
  const board = ['open', 'doing', 'done', 'dropped'] as const
  return measureReads(ground, person, RUNS, async (call) => {
    const columns = await Promise.all(board.map(async (state) => {
      const order = state === 'open' || state === 'doing' ? 'due' as const : 'since' as const
      const found = await pagesOf(call, `/spaces/${space}/tasks?limit=100&state=${state}&order=${order}`, state === 'open' ? 2 : 1)
      return { paths: found.map(({ path }) => path), works: found.map(({ before }) => (ctx: Parameters<typeof listTasks>[0]) => listTasks(ctx, space, { limit: 100, state, order, before })) }
    }))
    return [
      { what: `a board of ${BOARD} tasks, in 5 pages`, paths: columns.flatMap(({ paths }) => paths), works: columns.flatMap(({ works }) => works) },
      { what: 'what is mine, the first 100', paths: ['/my/tasks?limit=100'], works: [(ctx) => listMyTasks(ctx, { what: 'mine', limit: 100 })] },
      { what: 'what I gave others, the first 100', paths: ['/my/tasks?limit=100&what=given'], works: [(ctx) => listMyTasks(ctx, { what: 'given', limit: 100 })] },
      { what: 'a month of the calendar', paths: [`/spaces/${space}/tasks?limit=100&from=2027-03-01T00:00:00Z&to=2027-04-01T00:00:00Z`], works: [(ctx) => listTasks(ctx, space, { limit: 100, order: 'due', from: '2027-03-01T00:00:00Z', to: '2027-04-01T00:00:00Z' })] },
    ]
  })
})

/** The board in one space: 200 to do and 100 each on the way, done and dropped; 200 of somebody's own in their spaces; all others anywhere, most of them done. */
async function give(client: pg.Client, space: string, person: string): Promise<void> {
  for (const table of ['people', 'spaces']) await client.query(`create temp table all_${table} as select id, row_number() over (order by id) - 1 as n from ${table}`)
  await client.query(`create temp table k as select uuidv7() as id, g as n, case when g <= ${BOARD} then $1::uuid when g <= ${BOARD + MINE} then m.space_id else s.id end as space_id,
      case when g % 7 = 0 then $2::uuid else p.id end as by_id, o.id as other_id,
      case when g <= 200 or g between ${BOARD + 1} and ${BOARD + MINE} then 'open' when g <= 300 then 'doing' when g <= 400 then 'done' when g <= ${BOARD} then 'dropped' when g % 5 = 0 then 'open' else 'done' end as state
    from generate_series(1, ${TASKS}) g join all_people p on p.n = g % 2000 join all_people o on o.n = (g * 13) % 2000 join all_spaces s on s.n = g % 300 and (s.id <> $1 or g <= ${BOARD + MINE})
      cross join lateral (select (array(select space_id from memberships where person_id = $2 and space_id <> $1 order by 1 limit 3))[1 + g % 3] as space_id) m`, [space, person])
  await client.query(`insert into entries (id, space_id, kind, author_id, title, body, in_feed, active_id) select id, space_id, 'task', by_id, 'Clean oven number ' || n, 'It is full of flour.', false, id from k`)
  await client.query(`insert into tasks (entry_id, space_id, by_id, state, since, priority, due, zone, late_at, checklist)
    select id, space_id, by_id, state, now() - n * interval '1 minute', (array['low', 'normal', 'high', 'urgent'])[1 + n % 4], (date '2027-01-01' + n % 180)::text, 'UTC', date '2027-01-02' + n % 180,
      case when n % 3 = 0 then '[{"id":"1","text":"Door","done":true},{"id":"2","text":"Tray","done":false}]'::jsonb else '[]' end from k`)
  await client.query(`insert into task_assignees (task_id, person_id, by_id) select id, case when n between ${BOARD + 1} and ${BOARD + MINE} then $1::uuid else other_id end, by_id from k on conflict do nothing`, [person])
  await client.query('vacuum analyze')
}
