import { z } from 'zod'
import { invalid } from './errors.ts'
import { isUuid } from './ids.ts'

/** The paging part of a list's query: `before` and `after` take the `next` of the page before. */
export const PageQuery = z.object({
  before: z.string().max(200).optional(),
  after: z.string().max(200).optional(),
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

/** @throws Refusal 422 when a cursor is not one of ours */
export function uuidCursor(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (!isUuid(text)) throw invalid('bad_cursor', 'This is not the `next` of a page. Begin again without it.')
  return text.toLowerCase()
}
