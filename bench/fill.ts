import type pg from 'pg'

export type World = { people: number; spaces: number; entries: number }

// Word frequencies like those of speech: few words make up most of a text, most words are rare.
const SPEECH = `create function pg_temp.speech(n int) returns text volatile language sql as $$
  select string_agg(case when i % 11 = 0
    then (array['電解液','水分','会議','資料','確認','設計','工場','来週','報告','試験'])[1 + i / 11 % 10] || chr(19968 + i * 7 % 5000)
    else (array['ka','to','re','mi','no','su','ver','ling','ton','ber'])[1 + i % 10] || (array['den','ra','po','sil','gu','fen','tor','ny'])[1 + i / 10 % 8] || i end, ' ')
  from (select floor(20000 * power(random(), 4))::int as i from generate_series(1, n)) k $$`

/**
 * Fills a database by SQL alone with people, spaces of very different size, memberships and entries: three of ten begin a
 * thread, the others answer one. Ids carry their own times, spread over two years. One entry holds the word "zyzzyva".
 */
export async function fill(client: pg.Client, { people, spaces, entries }: World): Promise<void> {
  const run = (text: string) => client.query(text)
  await run('set statement_timeout = 0; set synchronous_commit = off; set session_replication_role = replica')
  await run(SPEECH)
  await run(`insert into people (id, handle, name, role) select uuidv7(), 'p' || i, 'Person ' || i, 'member' from generate_series(1, ${people}) i`)
  await run(`insert into spaces (id, kind, visibility, name, purpose) select uuidv7(), 'community', case when i % 3 = 0 then 'closed' else 'open' end,
    'Space ' || i, 'For the bench' from generate_series(1, ${spaces}) i`)
  await run('create temp table p as select id, row_number() over () as n from people; create temp table s as select id, row_number() over () as n from spaces')
  await run(`insert into memberships (space_id, person_id, read_to) select s.id, p.id, uuidv7(interval '-3 days')
    from p cross join lateral (select distinct 1 + floor(${spaces} * power(random(), 2))::int as n from generate_series(1, 40) k where p.n = p.n) pick join s on s.n = pick.n
    on conflict do nothing`)
  await run('update spaces set member_count = (select count(*) from memberships m where m.space_id = spaces.id)')
  const roots = Math.round(entries * 0.3)
  await run(`insert into entries (id, space_id, kind, author_id, title, body, in_feed, active_id, created_at)
    select x.id, s.id, 'update', p.id, '', x.body, true, x.id, now() - x.age from (
      select uuidv7(-age) as id, age, n, pn, body from (select interval '2 years' * (1 - g.i / ${roots}.0) + interval '1 second' as age,
        1 + floor(${spaces} * power(random(), 2))::int as n, 1 + floor(${people} * power(random(), 2))::int as pn, pg_temp.speech(6 + g.i % 17) as body
        from generate_series(1, ${roots}) g(i)) y) x
    join s on s.n = x.n join p on p.n = x.pn`)
  await run('create temp table r as select id, space_id, created_at, row_number() over (order by id) as n from entries; create index on r (n); analyze r')
  await run(`insert into entries (id, space_id, kind, root_id, parent_id, author_id, title, body, in_feed, active_id, created_at)
    select x.id, r.space_id, 'message', r.id, r.id, p.id, '', x.body, false, x.id, r.created_at + x.delay from (
      select r.n, uuidv7(r.created_at + g.delay - clock_timestamp()) as id, g.delay, g.pn, pg_temp.speech(4 + g.i % 17) as body
      from (select i, interval '3 hours' * random() as delay, 1 + floor(${people} * power(random(), 2))::int as pn,
        1 + floor(${roots} * random())::int as rn from generate_series(1, ${entries - roots}) i) g join r on r.n = g.rn) x
    join r on r.n = x.n join p on p.n = x.pn`)
  await run(`update entries e set reply_count = t.n, active_id = t.newest from (select root_id, count(*) as n, max(id::text)::uuid as newest
    from entries where root_id is not null group by 1) t where e.id = t.root_id`)
  await run(`update entries set body = body || ' zyzzyva 希少' where id = (select id from entries where kind = 'message' order by id offset ${Math.floor(entries / 3)} limit 1)`)
  await run(`insert into reactions (entry_id, person_id, emoji) select r.id, p.id, (array['👍','🎉','👀'])[1 + (r.n % 3)::int] from r join p on p.n = 1 + r.n % ${people} where r.n % 4 = 0`)
  await run('set session_replication_role = origin')
  await run('vacuum analyze')
}
