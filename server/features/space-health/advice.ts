import { sql } from 'kysely'
import { isSpoken } from '../../core/entries/kinds.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import { isHuman } from '../../core/people/taking-part.ts'
import type { Ctx } from '../../kernel/context.ts'
import { idFloor } from '../../kernel/ids.ts'
import { excerpt } from '../../kernel/text.ts'
import { answersLate, hangsOnFew } from './policy.ts'
import type { Advice, Figures, Verdict } from './schema.ts'

const DAY = 86_400_000
const SHOWN = 5

/** What one could do now. No figures: doors to entries the actor may read, of the last four weeks, as they are at this moment. */
export async function adviseOn(ctx: Ctx, space: string, verdict: Verdict, figures: Figures, now: number): Promise<Advice[]> {
  const open = await unanswered(ctx, space, now)
  const [firsts, others] = [open.filter((entry) => entry.is_first), open.filter((entry) => !entry.is_first && entry.asks)]
  const about = (code: Advice['code'], found: typeof open = []): Advice =>
    ({ code, count: found.length, entries: found.slice(0, SHOWN).map(({ id, title, body, created_at }) => ({ id, title: title || excerpt(body, 120), created_at })) })
  return [
    firsts.length > 0 && about('greet_newcomers', firsts),
    others.length > 0 && about('answer_questions', others),
    ['broadcast', 'beside', 'some'].includes(verdict) && about('ask_back'),
    answersLate(figures) && about('answer_sooner'),
    hangsOnFew(figures) && about('share_the_work'),
  ].filter((advice) => advice !== false)
}

/** Threads that stand alone for a day or longer; whether its author never wrote here before, and whether they ask. */
const unanswered = (ctx: Ctx, space: string, now: number) =>
  visibleEntries(ctx).innerJoin('people as writer', 'writer.id', 'entries.author_id').where(isHuman('writer'))
    .where('entries.space_id', '=', space).where('entries.root_id', 'is', null).where('entries.state', '=', 'published').where(isSpoken('entries'))
    .where('entries.id', '>=', idFloor(now - 28 * DAY)).where('entries.id', '<', idFloor(now - DAY))
    // visible: replies of the same thread, and earlier entries of the same space
    .where(sql<boolean>`not exists (select from entries r where r.root_id = entries.id and r.state = 'published' and r.author_id <> entries.author_id)`)
    .select(['entries.id', 'entries.created_at', 'entries.title', sql<string>`left(entries.body, 1000)`.as('body'),
      sql<boolean>`concat(entries.title, ' ', entries.body) ~ '[?？؟]'`.as('asks'),
      // visible: earlier entries of the same space
      sql<boolean>`not exists (select from entries e where e.author_id = entries.author_id and e.space_id = entries.space_id
        and ${isSpoken('e')} and e.id < entries.id)`.as('is_first')])
    .orderBy('entries.id', 'desc').limit(200).execute()
