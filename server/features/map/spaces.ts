import { sql } from 'kysely'
import { takesPart } from '../../core/people/taking-part.ts'
import type { Ctx } from '../../kernel/context.ts'

const CHOICES = 5

/**
 * The open space that tells most about each group: at least half of its people are in it, and not half of everybody. It names one group
 * only, the one whose space it is most; the others are called by another space of theirs, or by none.
 * @param groups people of each group
 */
export async function tellingSpaces(ctx: Pick<Ctx, 'db'>, groups: string[][]): Promise<(string | null)[]> {
  const wishes: { group: number; space: string; share: number }[] = []
  for (const [group, people] of groups.entries()) {
    const { rows } = await sql<{ id: string; share: number }>`
      -- visible: spaces that every member can read
      select s.id, count(*)::float8 / greatest(s.member_count, 1) as share from memberships m join spaces s on s.id = m.space_id and s.kind = 'community' and s.visibility = 'open' and s.state = 'active'
      where m.person_id = any(${people}::uuid[]) and s.member_count <= (select count(*) / 2 from people where ${takesPart()})
      group by s.id having count(*) >= ${Math.ceil(people.length / 2)}
      order by share desc, s.id limit ${CHOICES}`.execute(ctx.db)
    for (const { id, share } of rows) wishes.push({ group, space: id, share })
  }
  const found: (string | null)[] = groups.map(() => null)
  for (const { group, space } of wishes.toSorted((a, b) => b.share - a.share)) if (!found[group] && !found.includes(space)) found[group] = space
  return found
}
