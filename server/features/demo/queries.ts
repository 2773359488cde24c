import { sql } from 'kysely'
import { cardOf } from '../../core/people/queries.ts'
import { isHere, isHuman } from '../../core/people/taking-part.ts'
import type { Ctx } from '../../kernel/context.ts'
import { guides, wishesOf } from './cast.ts'
import type { DemoState, Guide } from './schema.ts'

type Db = Pick<Ctx, 'db'>

export const isFilled = async (ctx: Db) => Boolean(await ctx.db.selectFrom('demo').select('anchor').executeTakeFirst())

const madeSpaces = sql`(select id from demo_things where what = 'space')`
export const madePeople = sql`(select id from demo_things where what = 'person')`

/**
 * Spaces that go with the sample company: its own, those its people opened while somebody tried them out, and
 * conversations with them.
 */
export const doomedSpaces = sql`(
  -- visible: which spaces exist because of the sample company, for their removal; nothing of them is shown
  select s.id from spaces s where s.id in ${madeSpaces} or s.owner_id in ${madePeople}
    or s.participants && array(select id from demo_things where what = 'person')
    or (s.kind = 'community' and s.created_by in ${madePeople}))`

/** What real people wrote and would lose: in doomed spaces, and in answer to the sample company elsewhere. */
export const theirEntries = sql`(
  -- not content: counts what a removal would take along
  select e.id from entries e left join entries r on r.id = e.root_id
  where e.state = 'published' and e.author_id not in ${madePeople}
    and (e.space_id in ${doomedSpaces} or r.author_id in ${madePeople}))`

/** As whom an administrator may look: three of the sample company, who see the network from where they stand. */
export async function listGuides(ctx: Db): Promise<Guide[]> {
  const rows = await ctx.db.selectFrom('people').select(['handle', cardOf('people').as('person')]).where(isHere()).where(isHuman())
    .where('role', 'in', ['member', 'guest']).where(sql<boolean>`id in ${madePeople}`).execute()
  return guides.flatMap(({ part, key }) => {
    const found = rows.find(({ handle }) => wishesOf(key).includes(handle))
    return found ? [{ part, person: found.person }] : []
  })
}

/** What of the sample company is here. */
export async function describeDemo(ctx: Db): Promise<DemoState> {
  const { rows } = await sql<Omit<DemoState, 'guides'>>`
    -- not content: how much the sample company made
    with made_spaces as (select s.kind from demo_things d join spaces s on s.id = d.id),
    -- not content: how much the sample company made
    made_entries as (select e.kind, e.root_id from demo_things d join entries e on e.id = d.id)
    select case when exists (select from demo) then 'present' else 'absent' end as state, (select anchor from demo) as filled_at,
      (select count(*)::int from demo_things where what = 'person') as people,
      (select count(*)::int from made_spaces where kind = 'community') as spaces,
      (select count(*)::int from made_spaces where kind = 'direct') as conversations,
      (select count(*)::int from made_entries) as entries,
      (select count(*)::int from made_entries where kind = 'update') as threads,
      (select count(*)::int from made_entries where root_id is not null) as replies,
      (select count(*)::int from ${theirEntries} t) as theirs,
      array(select handle from people where password_hash is not null and id in ${madePeople} order by handle) as handles`.execute(ctx.db)
  return { ...rows[0], guides: await listGuides(ctx) }
}
