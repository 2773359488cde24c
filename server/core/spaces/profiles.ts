import type { Ctx } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'

/** Opens the space that is a person's profile; they are its host. */
export async function openProfile(ctx: Ctx, person: { id: string; name: string }): Promise<string> {
  const id = newId()
  await ctx.db.insertInto('spaces').values({
    id, kind: 'profile', visibility: 'open', name: person.name, participants: null, owner_id: person.id, created_by: person.id, member_count: 1,
  }).execute()
  await ctx.db.insertInto('memberships').values({ space_id: id, person_id: person.id, role: 'host', read_to: newId() }).execute()
  return id
}
