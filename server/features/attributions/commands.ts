import { sql } from 'kysely'
import { lockSpace } from '../../core/spaces/enter.ts'
import { spaceImported } from '../../core/spaces/events.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { attributionDecided } from '../../core/imports/events.ts'
import { findAttribution, readable } from './queries.ts'
import type { AttributionView } from './schema.ts'

/**
 * The actor says that what an import says they wrote is theirs: what they may read of it stands under their name from now
 * on, with the ids and times it has. What they may not read stays with the stand-in, so that nobody vouches for words unseen.
 * @throws Refusal 404, 409 `import_running`
 */
export async function confirm(ctx: Ctx, importId: string): Promise<AttributionView> {
  const { stand_in } = await enter(ctx, importId)
  const spaces = await lockSpaces(ctx, stand_in)
  await takeEntries(ctx, stand_in)
  await takeReactions(ctx, stand_in)
  await decide(ctx, importId, 'confirmed')
  // Much at once: whoever looks at these spaces fetches them anew, and ties are counted again.
  for (const { id, visibility } of spaces) await emit(ctx, spaceImported, { space_id: id }, { visibility })
  return findAttribution(ctx, importId)
}

/**
 * The actor says that it is not theirs; it stays with the stand-in.
 * @throws Refusal 404, 409 `import_running`, 409 `already_confirmed`
 */
export async function refuse(ctx: Ctx, importId: string): Promise<AttributionView> {
  const { state } = await enter(ctx, importId)
  if (state === 'confirmed') throw conflict('already_confirmed', 'You have confirmed this, and it stands under your name. Delete there what is not yours.')
  await decide(ctx, importId, 'refused')
  return findAttribution(ctx, importId)
}

// Locked: of two who decide at once the second finds what the first did.
async function enter(ctx: Ctx, importId: string) {
  const row = await ctx.db.selectFrom('attributions as a').innerJoin('imports as i', 'i.id', 'a.import_id')
    .where('a.person_id', '=', ctx.actor.id).where('a.import_id', '=', importId)
    .select(['a.stand_in', 'a.state', 'i.state as import_state']).forUpdate('a').executeTakeFirstOrThrow(notFound)
  if (row.import_state === 'waiting' || row.import_state === 'running')
    throw conflict('import_running', 'This import has not ended, and may bring more. Wait until it is done.')
  return row
}

const decide = async (ctx: Ctx, importId: string, state: 'confirmed' | 'refused') => {
  await ctx.db.updateTable('attributions').set({ state, decided_at: new Date().toISOString() })
    .where('person_id', '=', ctx.actor.id).where('import_id', '=', importId).execute()
  await emit(ctx, attributionDecided, { person_id: ctx.actor.id }, { import: importId, state })
}

/** Locks the spaces in which the actor may read something of a stand-in, in the order of their ids. */
async function lockSpaces(ctx: Ctx, standIn: string) {
  // visible: the predicate stands in it
  const { rows } = await sql<{ id: string; visibility: 'open' | 'closed' | 'secret' }>`select s.id, s.visibility from spaces s where s.id in (
      -- visible: as above
      select e.space_id from entries e where e.author_id = ${standIn} and ${readable(ctx)}
      -- visible: as above
      union select e.space_id from reactions r join entries e on e.id = r.entry_id where r.person_id = ${standIn} and ${readable(ctx)})
    order by s.id`.execute(ctx.db)
  for (const { id } of rows) await lockSpace(ctx, id)
  return rows
}

async function takeEntries(ctx: Ctx, standIn: string): Promise<void> {
  const me = ctx.actor.id
  const { rows } = await sql<{ id: string }>`update entries e set author_id = ${me} where e.author_id = ${standIn} and ${readable(ctx)}
    returning e.id`.execute(ctx.db)
  const ids = rows.map((row) => row.id)
  await sql`update entry_versions v set editor_id = ${me} where v.editor_id = ${standIn} and v.entry_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`update files f set owner_id = ${me} from entry_files ef
    where ef.file_id = f.id and f.owner_id = ${standIn} and ef.entry_id = any (${ids}::uuid[])`.execute(ctx.db)
}

async function takeReactions(ctx: Ctx, standIn: string): Promise<void> {
  // visible: the predicate stands in it
  await sql`with taken as (delete from reactions r using entries e
      where e.id = r.entry_id and r.person_id = ${standIn} and ${readable(ctx)} returning r.entry_id, r.emoji, r.created_at)
    insert into reactions (entry_id, person_id, emoji, created_at) select entry_id, ${ctx.actor.id}, emoji, created_at from taken
    on conflict do nothing`.execute(ctx.db)
}
