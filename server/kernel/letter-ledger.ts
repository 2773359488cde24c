import { sql } from 'kysely'
import { type Ctx, isAdmin, SYSTEM } from './context.ts'
import { Refusal } from './errors.ts'

const HOUR = 3600
const DAY = 24 * HOUR
type Bound = { most: number; seconds: number }

// What one person may have written, and what one mailbox may get of this network.
const SENDER: Bound[] = [{ most: 20, seconds: HOUR }, { most: 50, seconds: DAY }]
const ADMIN: Bound[] = [{ most: 500, seconds: HOUR }, { most: 2000, seconds: DAY }]
const RECIPIENT: Bound[] = [{ most: 5, seconds: DAY }]
// Whoever was told so often within a day that something is wrong knows it.
const WARNINGS: Bound = { most: 20, seconds: DAY }

/** The mailbox behind an address: `Ann+news@X.example` is that of `ann@x.example`. */
export const mailboxOf = (address: string): string => address.trim().toLowerCase().replace(/\+[^@]*(?=@)/, '')

/**
 * Whether one more letter is in order. All letters are counted, by the rows that are kept of them, and those who write
 * at once wait for each other.
 * @throws Refusal 429 `too_many_letters` with `retry_after`
 */
export async function allowLetter(ctx: Ctx, mailbox: string): Promise<void> {
  const { id } = ctx.actor
  // What the server writes by itself has no sender.
  if (id !== SYSTEM.id) await keepWithin(ctx, 'sender', id, isAdmin(ctx.actor) ? ADMIN : SENDER)
  await keepWithin(ctx, 'mailbox', mailbox, RECIPIENT)
}

/** Whether somebody may be warned once more; such letters count for nothing else and are refused to nobody. */
export async function mayWarn(ctx: Ctx, mailbox: string): Promise<boolean> {
  return (await waitFor(ctx, 'mailbox', mailbox, WARNINGS, true)) === 0
}

async function keepWithin(ctx: Ctx, by: 'sender' | 'mailbox', value: string, bounds: Bound[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`letters ${by} ${value}`}, 0))`.execute(ctx.db)
  for (const bound of bounds) {
    const seconds = await waitFor(ctx, by, value, bound, false)
    if (seconds) throw new Refusal(429, 'too_many_letters', 'Many letters were sent already, by you or to this address. Try again later.', { retry_after: seconds })
  }
}

// The seconds until there is room again: until the oldest of the last `most` is old enough.
async function waitFor(ctx: Ctx, by: 'sender' | 'mailbox', value: string, { most, seconds }: Bound, warning: boolean): Promise<number> {
  const { rows } = await sql<{ wait: number }>`select ceil(${seconds}::int - extract(epoch from now() - created_at))::int as wait from letters
    where ${sql.ref(by)}::text = ${value} and warning = ${warning} and created_at > now() - interval '1 second' * ${seconds}
    order by created_at desc offset ${most - 1} limit 1`.execute(ctx.db)
  return rows.length ? Math.max(1, rows[0].wait) : 0
}
