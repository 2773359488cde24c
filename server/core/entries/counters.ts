import { sql } from 'kysely'
import type { Shared } from '../../kernel/context.ts'

type InThread = { id: string; root: string | null }

/** How many replies each thread has among these, and the newest of them. */
export function repliesIn(rows: InThread[]): Map<string, { replies: number; newest: string }> {
  const threads = new Map<string, { replies: number; newest: string }>()
  for (const { id, root } of rows) {
    if (!root) continue
    const { replies, newest } = threads.get(root) ?? { replies: 0, newest: id }
    threads.set(root, { replies: replies + 1, newest: id > newest ? id : newest })
  }
  return threads
}

/** Counts replies that were added to threads. */
export async function countReplies({ db }: Pick<Shared, 'db'>, threads: ReturnType<typeof repliesIn>): Promise<void> {
  if (!threads.size) return
  const added = [...threads].map(([id, { replies, newest }]) => ({ id, replies, newest }))
  await sql`update entries h set reply_count = h.reply_count + r.replies, active_id = greatest(h.active_id, r.newest)
    from unnest(${added.map((row) => row.id)}::uuid[], ${added.map((row) => row.replies)}::int[], ${added.map((row) => row.newest)}::uuid[])
      as r (id, replies, newest) where h.id = r.id`.execute(db)
}

/** Sets the counters of threads from what is there. */
export async function recountThreads({ db }: Pick<Shared, 'db'>, roots: string[]): Promise<void> {
  if (!roots.length) return
  await sql`
    update entries h set reply_count = t.n, active_id = t.newest
    from (
      select root.id, count(e.id)::int as n, coalesce(max(e.id::text)::uuid, root.id) as newest
      from unnest(${[...new Set(roots)]}::uuid[]) root(id) left join entries e on e.root_id = root.id and e.state = 'published'
      group by root.id) t
    where h.id = t.id and (h.reply_count, h.active_id) is distinct from (t.n, t.newest)`.execute(db)
}
