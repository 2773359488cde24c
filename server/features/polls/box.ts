import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { conflict } from '../../kernel/errors.ts'
import type { Choice } from './policy.ts'

type Vote = { entry_id: string; token: string; choice: Choice }

/**
 * Puts an anonymous vote among the others. The table has no place in the write-ahead log, and is written anew each time in the order of its random tokens,
 * so that nothing in the database says which of them came when. Whoever votes again under a signature that is used changes nothing.
 * @returns how many of this poll are in it now
 * @throws Refusal 409 when the token was used for another choice
 */
export async function putIn(ctx: Ctx, id: string, token: Buffer, choice: Choice): Promise<number> {
  const votes = await openBox(ctx)
  const vote: Vote = { entry_id: id, token: token.toString('hex'), choice }
  const before = votes.find((one) => one.token === vote.token && one.entry_id === id)
  if (before && String(before.choice) !== String(choice)) throw conflict('ballot_used', 'This ballot was used already. An anonymous vote cannot be changed.')
  if (!before) await lay(ctx, [...votes, vote])
  return votes.filter(({ entry_id }) => entry_id === id).length + (before ? 0 : 1)
}

/** Takes all votes of a poll out of the box: what they were, in no order that says anything. */
export async function takeOut(ctx: Pick<Ctx, 'db'>, ids: string[]): Promise<Choice[]> {
  const votes = await openBox(ctx)
  const [taken, others] = [votes.filter(({ entry_id }) => ids.includes(entry_id)), votes.filter(({ entry_id }) => !ids.includes(entry_id))]
  if (taken.length) await lay(ctx, others)
  await ctx.db.deleteFrom('ballot_boxes').where('entry_id', 'in', ids).execute()
  return taken.map(({ choice }) => choice)
}

/** Which box a poll has: a new one, when the old one was lost in a crash. */
export async function boxOf(ctx: Pick<Ctx, 'db'>, id: string): Promise<string> {
  await ctx.db.insertInto('ballot_boxes').values({ entry_id: id }).onConflict((c) => c.doNothing()).execute()
  return (await ctx.db.selectFrom('ballot_boxes').select('id').where('entry_id', '=', id).executeTakeFirstOrThrow()).id
}

/** Nobody else is at the box from now on. Whoever locks a space as well does so afterwards: who waits here, for somebody who copies the table, holds up nobody. */
export const lockBox = ({ db }: Pick<Ctx, 'db'>) => sql`lock table ballot_papers in access exclusive mode`.execute(db)

async function openBox(ctx: Pick<Ctx, 'db'>): Promise<Vote[]> {
  await lockBox(ctx)
  return (await sql<Vote>`select entry_id, encode(token, 'hex') as token, choice from ballot_papers`.execute(ctx.db)).rows
}

// A table that is truncated goes on in a new file: no row that was there before lies in it any more.
async function lay({ db }: Pick<Ctx, 'db'>, votes: Vote[]): Promise<void> {
  await sql`truncate ballot_papers`.execute(db)
  await sql`insert into ballot_papers (token, entry_id, choice) select decode(token, 'hex'), entry_id, choice
    from json_to_recordset(${JSON.stringify(votes)}::json) as v(token text, entry_id uuid, choice jsonb) order by token`.execute(db)
}
