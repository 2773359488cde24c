import { createHash } from 'node:crypto'
import type { Ctx } from './context.ts'
import { isDuplicate } from './db.ts'
import { conflict, invalid, Refusal } from './errors.ts'
import { isUuid } from './ids.ts'

export type Answer = { status: number; body: unknown }

const digest = (text: string, form: 'base64' | 'base64url') => createHash('sha256').update(text).digest(form)

/** What a repeated command is compared by: the same key with another request is a mistake of the caller. */
export const fingerprint = (method: string, url: string, body: unknown): string => digest(`${method} ${url} ${JSON.stringify(body) ?? ''}`, 'base64url')

/** Keeps in the command's own transaction that it was done: the effect and the memory of it are one. */
export type Remember = (ctx: Ctx, answer: Answer) => Promise<void>

export type Command = {
  /** the caller's key; null: the command is carried out each time */
  key: string | null
  /** gives the fingerprint of the request */
  describe: () => string
  /** calls `remember` at the end of its transaction */
  work: (remember: Remember) => Promise<Answer>
  /** what a repetition is answered: the thing with the id of the first answer, as it is now, for whoever may still read it */
  again: (id: string) => Promise<unknown>
}

/**
 * Carries a command out once: a repetition under the same key does nothing, also when both run at once. Of the first answer
 * its status and the id in it are kept and nothing else: no word of what was written, which may be removed, and no right,
 * which may be lost. Of key and request only what cannot be guessed from a copy of the database.
 * @throws Refusal 409 when the key was used for another request; what `again` throws
 * @example once(ctx, { key, describe: () => fingerprint('POST', url, body), work: (remember) => …, again: (id) => findEntry(ctx, id) })
 */
export async function once(ctx: Pick<Ctx, 'db' | 'actor'>, { key, describe, work, again }: Command): Promise<Answer> {
  if (key === null) return work(async () => {})
  const kept: Kept = { person_id: ctx.actor.id, key: digest(key, 'base64'), fingerprint: digest(`${key} ${describe()}`, 'base64') }
  const answerAgain = async ({ status, about }: Before): Promise<Answer> => ({ status, body: await again(about ?? '') })
  const before = await recall(ctx, kept)
  if (before) return answerAgain(before)
  try {
    return await work(async (inside, answer) => {
      await inside.db.insertInto('idempotency').values({ ...kept, status: answer.status, about: idIn(answer.body) }).execute()
    })
  } catch (error) {
    // Two equal commands ran at once and this one lost: it could not be noted as the first, or it found done what it was to do
    // and was refused. Nothing of it is there, the other's effect stands.
    const first = isDuplicate(error, 'idempotency_pkey') || error instanceof Refusal ? await recall(ctx, kept) : null
    if (!first) throw error
    return answerAgain(first)
  }
}

type Kept = { person_id: string; key: string; fingerprint: string }
type Before = { status: number; about: string | null }

async function recall(ctx: Pick<Ctx, 'db'>, { person_id, key, fingerprint: print }: Kept): Promise<Before | null> {
  const row = await ctx.db.selectFrom('idempotency').select(['fingerprint', 'status', 'about'])
    .where('person_id', '=', person_id).where('key', '=', key).executeTakeFirst()
  if (!row) return null
  if (row.fingerprint !== print) throw conflict('key_used', 'This Idempotency-Key was used for another request. Use a new one.')
  return row
}

const idIn = (body: unknown): string | null => {
  const id = (body as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' && isUuid(id) ? id : null
}

/** @throws Refusal 422 when the header is unusable */
export function keyOf(header: unknown): string | null {
  if (header === undefined) return null
  if (typeof header !== 'string' || header.length < 1 || header.length > 200)
    throw invalid('bad_idempotency_key', 'Idempotency-Key takes 1 to 200 characters.')
  return header
}
