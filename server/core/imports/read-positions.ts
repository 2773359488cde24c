import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { isHere } from '../people/taking-part.ts'

/** Members who have nothing unread here: what an import adds below their newest entry shall not be unread either. */
export async function findUpToDate(ctx: Pick<Ctx, 'db'>, { id }: { id: string }): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select m.person_id from memberships m join people p on p.id = m.person_id
    where m.space_id = ${id} and (not ${isHere('p')} or not exists (
      select from entries e
      where e.space_id = m.space_id and e.id > m.read_to and e.author_id <> m.person_id and e.state = 'published'
        and not exists (select from thread_reads t where t.person_id = m.person_id
          and t.root_id = coalesce(e.root_id, e.id) and t.read_to >= e.id)))`.execute(ctx.db)
  return rows.map((row) => row.person_id)
}

/** They still have nothing unread, though the import brought something newer than what they had read. */
export const stayUpToDate = (ctx: Pick<Ctx, 'db'>, { id }: { id: string }, upToDate: string[], newest: string) =>
  sql`update memberships set read_to = ${newest} where space_id = ${id} and read_to < ${newest}::uuid and person_id = any (${upToDate}::uuid[])`.execute(ctx.db)
