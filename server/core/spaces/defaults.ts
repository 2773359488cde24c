import { sql } from 'kysely'
import type { Ctx, Role } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { emitEach } from '../../kernel/events.ts'
import { isHere, isHuman } from '../people/taking-part.ts'
import { addMember, openSpace } from './commands.ts'
import { lockSpace } from './enter.ts'
import { membershipJoined } from './events.ts'

/** The spaces that everybody follows from the start, as far as they are open still: only what all may read anyway. */
export async function defaultSpaces(ctx: Pick<Ctx, 'db'>): Promise<string[]> {
  // not content: which spaces newcomers follow
  const { rows } = await sql<{ id: string }>`select s.id from network n join spaces s on s.id = any (n.default_spaces)
    where s.kind = 'community' and s.visibility = 'open' and s.state = 'active' order by s.id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

/** Lets somebody who has come into the network follow what all follow from the start; guests see what they were invited to. */
export async function followDefaults(ctx: Ctx, person: { id: string; role: Role }): Promise<void> {
  if (person.role === 'guest') return
  const them = { ...ctx, actor: { ...person, session: null } }
  for (const space of await defaultSpaces(ctx)) await addMember(them, space, person.id)
}

const words = {
  en: { name: 'General', purpose: 'What concerns everybody, and what has no place of its own yet.' },
  de: { name: 'Allgemein', purpose: 'Was alle angeht, und was noch keinen eigenen Ort hat.' },
}

/** Opens the one space that everybody follows from the start, whoever is here already included. They may leave and rename it. */
export async function openGeneral(ctx: Ctx, language: keyof typeof words) {
  const space = await openSpace(ctx, { ...words[language], visibility: 'open', audience_note: '' })
  await sql`update network set default_spaces = default_spaces || ${space.id}::uuid`.execute(ctx.db)
  await bringInEverybody(ctx, space.id)
  return space
}

async function bringInEverybody(ctx: Ctx, space: string): Promise<void> {
  await lockSpace(ctx, space)
  const { rows } = await sql<{ person_id: string }>`insert into memberships (space_id, person_id, role, read_to)
    select ${space}, p.id, 'member', ${newId()} from people p where ${isHere('p')} and ${isHuman('p')} and p.role <> 'guest'
    on conflict do nothing returning person_id`.execute(ctx.db)
  await ctx.db.updateTable('spaces').set((eb) => ({ member_count: eb('member_count', '+', rows.length) })).where('id', '=', space).execute()
  for (let from = 0; from < rows.length; from += 1000)
    await emitEach(ctx, membershipJoined, rows.slice(from, from + 1000).map(({ person_id }) => ({ about: { space_id: space, person_id }, data: { role: 'member' as const } })))
}
