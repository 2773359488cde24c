import { spaceOpened } from '../../core/spaces/events.ts'
import { addMember } from '../../core/spaces/commands.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { emitHistory } from '../../kernel/events.ts'
import { idAt } from '../../kernel/ids.ts'
import type { Job } from '../../core/imports/queries.ts'
import type { Survey } from './survey.ts'

/** The space that a site becomes. */
export type Place = { id: string; kind: 'community'; visibility: 'open' | 'closed' | 'secret' }

/**
 * The space of a site: the one it came into before, the one that was chosen, or a new open one that is called as the site.
 * @throws Refusal 409 `imported_elsewhere` where another one is chosen now, 404 where the chosen one is gone
 */
export async function findPlace(ctx: Ctx, { index: { site }, host, openedAt }: Survey, job: Job): Promise<{ place: Place; isNew: boolean }> {
  const known = await knownPlace(ctx, site)
  if (known && job.space_id && job.space_id !== known.id)
    throw conflict('imported_elsewhere', 'This site came into another space before. What is new in it goes there: import it without choosing a space.')
  if (known) return { place: known, isNew: false }
  const chosen = job.space_id ? await chosenPlace(ctx, job.space_id) : null
  const place = chosen ?? await openPlace(ctx, job, host, openedAt)
  await ctx.db.insertInto('external_ids').values({ source: 'stackexchange', kind: 'space', external_id: site, id: place.id })
    .onConflict((c) => c.columns(['source', 'kind', 'external_id']).doUpdateSet({ id: place.id })).execute()
  return { place, isNew: !chosen }
}

async function knownPlace(ctx: Ctx, site: string): Promise<Place | undefined> {
  // not content: into which space the site was imported
  const row = await ctx.db.selectFrom('external_ids').innerJoin('spaces', 'spaces.id', 'external_ids.id')
    .where('source', '=', 'stackexchange').where('external_ids.kind', '=', 'space').where('external_id', '=', site)
    .select(['spaces.id', 'spaces.kind', 'spaces.visibility']).executeTakeFirst()
  return row as Place | undefined
}

async function chosenPlace(ctx: Ctx, id: string): Promise<Place> {
  // not content: who imports was asked for their right to this space when they chose it
  const row = await ctx.db.selectFrom('spaces').select(['id', 'kind', 'visibility']).where('id', '=', id).where('kind', '=', 'community')
    .where('state', '=', 'active').executeTakeFirst()
  if (!row) throw notFound()
  return row as Place
}

async function openPlace(ctx: Ctx, job: Job, host: string | null, openedAt: number): Promise<Place> {
  const created_at = new Date(openedAt || Date.now()).toISOString()
  const id = idAt(Date.parse(created_at))
  const name = (job.name ?? host ?? 'Stack Exchange').slice(0, 80)
  await ctx.db.insertInto('spaces').values({
    id, kind: 'community', visibility: 'open', name, purpose: `Questions and answers from ${host ?? 'Stack Exchange'}`, created_by: job.started_by,
    created_at, owner_id: null, participants: null, state: 'active',
  }).execute()
  await emitHistory(ctx, [{ type: spaceOpened.type, space_id: id, actor_id: job.started_by, at: created_at, data: { kind: 'community', visibility: 'open' } }])
  if (job.started_by) await addMember(ctx, id, job.started_by, 'host')
  return { id, kind: 'community', visibility: 'open' }
}
