import { createHash } from 'node:crypto'
import type { Ctx } from './context.ts'
import { isDuplicate } from './db.ts'
import { conflict, invalid } from './errors.ts'

export type Answer = { status: number; body: unknown }

/** What a repeated command is compared by: the same key with another request is a mistake of the caller. */
export const fingerprint = (method: string, url: string, body: unknown): string =>
  createHash('sha256').update(`${method} ${url} ${JSON.stringify(body) ?? ''}`).digest('base64url')

/** Keeps the answer in the command's own transaction: the effect and the memory of it are one. */
export type Remember = (ctx: Ctx, answer: Answer) => Promise<void>

/**
 * Carries a command out once: a repetition under the same key gets the first answer, also when both run at once.
 * @param describe gives the fingerprint of the request
 * @param work calls `remember` at the end of its transaction
 * @throws Refusal 409 when the key was used for another request
 * @example once(ctx, key, () => fingerprint('POST', url, body), (remember) => inTransaction(host, actor, async (ctx) => { …; await remember(ctx, answer); return answer }))
 */
export async function once(
  ctx: Pick<Ctx, 'db' | 'actor'>, key: string | null, describe: () => string, work: (remember: Remember) => Promise<Answer>,
): Promise<Answer> {
  if (key === null) return work(async () => {})
  const print = describe()
  const before = await recall(ctx, key, print)
  if (before) return before
  try {
    return await work((inside, answer) => remember(inside, key, print, answer))
  } catch (error) {
    if (!lostTheRace(error)) throw error
    return (await recall(ctx, key, print))!
  }
}

async function recall(ctx: Pick<Ctx, 'db' | 'actor'>, key: string, print: string): Promise<Answer | null> {
  const row = await ctx.db.selectFrom('idempotency').select(['fingerprint', 'status', 'body'])
    .where('person_id', '=', ctx.actor.id).where('key', '=', key).executeTakeFirst()
  if (!row) return null
  if (row.fingerprint !== print) throw conflict('key_used', 'This Idempotency-Key was used for another request. Use a new one.')
  return { status: row.status, body: row.body }
}

const SECRET = /\bfm[a-z]_[\w-]{43}/
// What is shown once is kept nowhere, so a repetition answers without it.
const withoutSecrets = (key: string, value: unknown) =>
  (key === 'token' || key === 'url') && typeof value === 'string' && SECRET.test(value) ? (key === 'url' ? null : undefined) : value

async function remember(ctx: Ctx, key: string, print: string, answer: Answer): Promise<void> {
  await ctx.db.insertInto('idempotency').values({
    person_id: ctx.actor.id, key, fingerprint: print, status: answer.status, body: JSON.stringify(answer.body ?? null, withoutSecrets),
  }).execute()
}

// Two equal commands ran at once and this one lost: its transaction is gone, the other's answer stands.
const lostTheRace = (error: unknown) => isDuplicate(error, 'idempotency_pkey')

/** @throws Refusal 422 when the header is unusable */
export function keyOf(header: unknown): string | null {
  if (header === undefined) return null
  if (typeof header !== 'string' || header.length < 1 || header.length > 200)
    throw invalid('bad_idempotency_key', 'Idempotency-Key takes 1 to 200 characters.')
  return header
}
