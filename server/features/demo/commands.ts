import { sql } from 'kysely'
import { recountThreads } from '../../core/entries/counters.ts'
import { hashPassword } from '../../core/people/credentials.ts'
import { sessionEnded } from '../../core/people/events.ts'
import { isHere, isHuman } from '../../core/people/taking-part.ts'
import { demandUncommon } from '../../core/people/uncommon.ts'
import { membershipLeft } from '../../core/spaces/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, Refusal } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { ZERO_ID } from '../../kernel/ids.ts'
import { characters, wishesOf } from './cast.ts'
import { buildCompany } from './company.ts'
import { describeDemo, doomedSpaces, isFilled, madePeople } from './queries.ts'
import type { DemoState } from './schema.ts'
import type { Owner } from './told.ts'
import { writeCompany } from './write.ts'

/**
 * Fills the network with the sample company, once: a second call changes nothing but the password.
 * @param anchor the moment at which its story ends
 * @throws Refusal 409 `setup_needed` while nobody owns the network, `handles_taken` when no handle is left for somebody
 */
export async function fillDemo(ctx: Ctx, { password, anchor = Date.now() }: { password?: string; anchor?: number } = {}): Promise<DemoState> {
  await lockDemo(ctx)
  if (!(await isFilled(ctx))) {
    const owner = await findOwner(ctx)
    const company = buildCompany(anchor, await chooseHandles(ctx), owner)
    await ctx.db.insertInto('demo').values({ anchor: new Date(anchor).toISOString(), filled_by: owner.id }).execute()
    await writeCompany(ctx, company, owner, anchor)
  }
  if (password) await openDoors(ctx, password)
  return describeDemo(ctx)
}

// Two that fill or remove at once: the second waits, and then finds it done.
const lockDemo = (ctx: Ctx) => sql`select pg_advisory_xact_lock(hashtextextended('folkmoot demo', 0))`.execute(ctx.db)

/** Whom the sample company speaks to: the person who fills, from the command line the network's owner. */
async function findOwner(ctx: Ctx): Promise<Owner> {
  let query = ctx.db.selectFrom('people').select(['id', 'handle', 'name']).where(isHere())
  query = ctx.actor.id === ZERO_ID ? query.where('role', '=', 'owner').orderBy('created_at').limit(1) : query.where('id', '=', ctx.actor.id)
  const owner = await query.executeTakeFirst()
  if (!owner) throw conflict('setup_needed', 'Somebody has to own this network first: open its one-time link, or run `folkmoot person add`.')
  return owner
}

/** A free handle for everybody: their own, or one that says where they are from. */
async function chooseHandles(ctx: Ctx): Promise<Map<string, string>> {
  const wishes = characters.flatMap(({ key }) => wishesOf(key))
  const taken = new Set((await ctx.db.selectFrom('people').select('handle').where('handle', 'in', wishes).execute()).map((p) => p.handle))
  return new Map(characters.map(({ key }) => {
    const free = wishesOf(key).find((handle) => !taken.has(handle))
    if (!free) throw conflict('handles_taken', `The sample company needs the handle ${wishesOf(key).join(' or ')}, and all are taken.`)
    return [key, free]
  }))
}

async function openDoors(ctx: Ctx, password: string): Promise<void> {
  await demandUncommon(ctx, password)
  const password_hash = await hashPassword(password)
  await ctx.db.updateTable('people').set({ password_hash }).where(isHuman()).where(sql<boolean>`id in ${madePeople}`).execute()
}

/**
 * Takes the sample company out again: its people, its spaces, what they wrote, and the log of it.
 * @param force also when words of real people go with it
 * @throws Refusal 409 `demo_in_use` with their number, unless forced
 */
export async function removeDemo(ctx: Ctx, { force = false }: { force?: boolean } = {}): Promise<DemoState> {
  await lockDemo(ctx)
  const before = await describeDemo(ctx)
  if (before.state === 'absent') return before
  if (before.theirs && !force)
    throw new Refusal(409, 'demo_in_use', `People of this network wrote ${before.theirs} ${before.theirs === 1 ? 'entry' : 'entries'} in the sample company. Remove with \`force\` to delete them too.`, { theirs: before.theirs })
  const followers = await sql<{ space_id: string; person_id: string }>`select space_id, person_id from memberships
    where space_id in ${doomedSpaces} and person_id not in ${madePeople}`.execute(ctx.db)
  const signedIn = await sql<{ id: string }>`select id from people where id in ${madePeople}
    and (id in (select person_id from sessions) or id in (select person_id from api_tokens))`.execute(ctx.db)
  await deleteCompany(ctx)
  for (const { id } of signedIn.rows) await emit(ctx, sessionEnded, { person_id: id }, { session: null })
  for (const { space_id, person_id } of followers.rows) await emit(ctx, membershipLeft, { space_id, person_id }, {})
  return describeDemo(ctx)
}

// The lists are kept first: what is doomed is found through rows that go.
async function deleteCompany(ctx: Ctx): Promise<void> {
  await sql`create temporary table doomed on commit drop as
    select id, 'space' as what from ${doomedSpaces} s union all select id, 'person' from demo_things where what = 'person'`.execute(ctx.db)
  const gone = (what: string) => sql`(select id from doomed where what = ${sql.lit(what)})`
  // not content: finds threads and spaces elsewhere whose numbers are set right afterwards
  const threads = await sql<{ id: string }>`select distinct root_id as id from entries where author_id in ${gone('person')}
    and root_id is not null and space_id not in ${gone('space')}`.execute(ctx.db)
  await sql`delete from events where space_id in ${gone('space')} or person_id in ${gone('person')} or actor_id in ${gone('person')}`.execute(ctx.db)
  await sql`delete from idempotency where person_id in ${gone('person')}`.execute(ctx.db)
  await sql`delete from spaces where id in ${gone('space')}`.execute(ctx.db)
  await sql`delete from entries where author_id in ${gone('person')}`.execute(ctx.db)
  await sql`update spaces set member_count = member_count - m.n from
    (select space_id, count(*)::int as n from memberships where person_id in ${gone('person')} group by space_id) m where m.space_id = spaces.id`.execute(ctx.db)
  await sql`delete from people where id in ${gone('person')}`.execute(ctx.db)
  await sql`delete from demo_things`.execute(ctx.db)
  await sql`delete from demo`.execute(ctx.db)
  await recountThreads(ctx, threads.rows.map(({ id }) => id))
}
