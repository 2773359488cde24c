import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from './context.ts'
import type { RootDb } from './db.ts'
import { invalid } from './errors.ts'
import { isUuid } from './ids.ts'

// A name in it may be long.
const CURSOR = 2000

/** The paging part of a list's query: `before` and `after` take the `next` of the page before. */
export const PageQuery = z.object({
  before: z.string().max(CURSOR).optional(),
  after: z.string().max(CURSOR).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type PageQuery = z.infer<typeof PageQuery>

export type Page<T> = { items: T[]; next: string | null }

/** The shape of a list's answer. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/**
 * Makes a page from rows that were asked for with `limit + 1`: one more than shown says that there is a next page.
 * @param cursor names the position behind a row; it must be what the query's `before`/`after` compares with
 */
export function toPage<R, T>(rows: R[], limit: number, cursor: (row: R) => string, show: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(show), next: rows.length > limit && last !== undefined ? cursor(last) : null }
}

const badCursor = () => invalid('bad_cursor', 'This is not the `next` of a page. Begin again without it.')

/** A cursor of a list that is sorted by ids: the id itself. @throws Refusal 422 when it is none */
export function uuidCursor(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (!isUuid(text)) throw badCursor()
  return text.toLowerCase()
}

/**
 * The cursors of a list that is sorted by something else than ids. They carry what the last row of a page is sorted by, so that
 * no query looks up a row that somebody names, which would tell where it stands to those who may not know it; and they are
 * signed for this person and list, so that nobody makes one.
 * @param list its name, with the ids it is about: `members ${space}`
 */
export function cursorsOf({ actor, host }: Pick<Ctx, 'actor' | 'host'>, list: string) {
  const signed = (text: string) => `${text}.${createHmac('sha256', host.cursorKey).update(`${actor.id} ${list} ${text}`).digest('base64url')}`
  return {
    /** @param key what the row is sorted by, as the database has it; last its id */
    seal: (...key: string[]): string => signed(Buffer.from(JSON.stringify(key)).toString('base64url')),
    /** @throws Refusal 422 for what was not sealed here, whoever or whatever it names */
    open(cursor: string | undefined): string[] | undefined {
      if (cursor === undefined) return undefined
      const [text] = cursor.split('.')
      if (signed(text) !== cursor) throw badCursor()
      return JSON.parse(Buffer.from(text, 'base64url').toString()) as string[]
    },
  }
}

/** The key that all processes of a network sign cursors with. */
export async function findCursorKey(db: RootDb): Promise<string> {
  const { value } = await db.selectFrom('secrets').select('value').where('name', '=', 'cursors').executeTakeFirstOrThrow()
  return value
}
