import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'

/**
 * The open space that tells most about each group: at least half of its people are in it, and not half of everybody.
 * @param groups people of each group
 */
export async function tellingSpaces(ctx: Pick<Ctx, 'db'>, groups: string[][]): Promise<(string | null)[]> {
  const found: (string | null)[] = []
  for (const people of groups) {
    const { rows } = await sql<{ id: string }>`
      -- visible: spaces that every member can read
      select s.id from memberships m join spaces s on s.id = m.space_id and s.kind = 'community' and s.visibility = 'open' and s.state = 'active'
      where m.person_id = any(${people}::uuid[]) and s.member_count <= (select count(*) / 2 from people where state <> 'deactivated')
      group by s.id having count(*) >= ${Math.ceil(people.length / 2)}
      order by count(*)::float8 / greatest(s.member_count, 1) desc, s.id limit 1`.execute(ctx.db)
    found.push(rows[0]?.id ?? null)
  }
  return found
}
