import type { z } from 'zod'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { railChanged } from './events.ts'
import { findRail } from './queries.ts'
import type { RailChange } from './schema.ts'

/** Arranges the actor's rail; what is left out stays as it is. @throws Refusal 404 for a favourite that may not be read */
export async function arrangeRail(ctx: Ctx, change: z.output<typeof RailChange>) {
  const before = await findRail(ctx)
  const wanted = (change.favourites ?? []).filter((id) => !before.favourites.includes(id))
  const found = wanted.length ? await visibleSpaces(ctx).select('spaces.id').where('spaces.id', 'in', wanted).execute() : []
  if (found.length !== wanted.length) throw notFound()
  const rail = { ...before, ...change }
  await ctx.db.insertInto('rails').values({ person_id: ctx.actor.id, ...rail }).onConflict((c) => c.column('person_id').doUpdateSet(rail)).execute()
  await emit(ctx, railChanged, { person_id: ctx.actor.id }, {})
  return findRail(ctx)
}
