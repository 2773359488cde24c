import type { IncomingHttpHeaders } from 'node:http'
import { beginLook } from '../../core/people/looks.ts'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import { isFilled, listGuides } from './queries.ts'

/**
 * The administrator looks as one of these, until they are themselves again.
 * @returns cookies
 * @throws Refusal 403 `session_needed`, 404 for anybody else, 409 `no_sample`
 */
export async function lookAs(ctx: Ctx, personId: string, headers: IncomingHttpHeaders): Promise<string[]> {
  if (!(await isFilled(ctx))) throw conflict('no_sample', 'The sample company is not here.')
  if (!(await listGuides(ctx)).some(({ person }) => person.id === personId)) throw notFound()
  return beginLook(ctx, personId, headers)
}
