import { sql } from 'kysely'
import { readEntries, showEntry } from '../../core/entries/queries.ts'
import type { EntryView } from '../../core/entries/schema.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { findReadableSpace } from '../../core/spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { type Page, type PageQuery, toPage, uuidCursor } from '../../kernel/pages.ts'
import { isKnownDuplicate } from './known.ts'

const questions = (ctx: Ctx) => visibleEntries(ctx).where('entries.kind', '=', 'question').where('entries.state', '=', 'published')

/** Whether a question that is still there was made of this. */
export const isAskedAlready = async (ctx: Ctx, from: string): Promise<boolean> =>
  Boolean(await questions(ctx).innerJoin('questions as q', 'q.entry_id', 'entries.id').where('q.from_id', '=', from).select('entries.id').executeTakeFirst())

export type QuestionQuery = PageQuery & { state?: 'unanswered' | 'answered' }

/** The questions of a space, the newest first. One is answered by a reply or by another question, if the actor may read that. */
export async function listQuestions(ctx: Ctx, spaceId: string, { limit, before, after, state }: QuestionQuery): Promise<Page<EntryView>> {
  await findReadableSpace(ctx, spaceId)
  const cursor = uuidCursor(before ?? after)
  const isAnswered = sql<boolean>`(q.accepted_id is not null or ${isKnownDuplicate(ctx.actor, 'entries')})`
  let query = questions(ctx).innerJoin('questions as q', 'q.entry_id', 'entries.id').where('entries.space_id', '=', spaceId)
    .orderBy('entries.id', 'desc').limit(limit + 1)
  if (state) query = query.where(state === 'answered' ? isAnswered : sql<boolean>`not ${isAnswered}`)
  if (cursor) query = query.where('entries.id', '<', cursor)
  return toPage(await readEntries(ctx, query as any), limit, (row: any) => row.id, showEntry)
}

const MOST_SIMILAR = 5

/** Questions that are asked in much the same words, in all spaces the actor may read; the most similar first. */
export async function listSimilar(ctx: Ctx, q: string): Promise<Page<EntryView>> {
  const words = q.trim().toLowerCase()
  if (words.length < 3) return { items: [], next: null }
  const title = sql`lower(entries.title)`
  const query = questions(ctx).where(sql<boolean>`(${title} % ${words} or ${words} <% ${title})`)
    .orderBy(sql`greatest(similarity(${title}, ${words}), word_similarity(${words}, ${title}))`, 'desc').orderBy('entries.id', 'desc').limit(MOST_SIMILAR)
  return { items: (await readEntries(ctx, query as any)).map(showEntry), next: null }
}
