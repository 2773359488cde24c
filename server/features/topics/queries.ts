import { readEntries, showEntry } from '../../core/entries/queries.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import { topicOf } from '../../kernel/text.ts'

/** What was said on a topic, newest first, from all spaces the actor may read. */
export async function listByTopic(ctx: Ctx, topic: string, { limit, before, after }: PageQuery) {
  const cursor = uuidCursor(before ?? after)
  let query = visibleEntries(ctx).innerJoin('topics', 'topics.entry_id', 'entries.id').where('topics.topic', '=', topicOf(topic)).where('entries.state', '=', 'published')
    .orderBy('entries.id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('entries.id', '<', cursor)
  return toPage(await readEntries(ctx, query as any), limit, (row: any) => row.id, showEntry)
}
