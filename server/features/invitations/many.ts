import type { z } from 'zod'
import { Email } from '../../core/people/schema.ts'
import { type Ctx, inTransaction } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Language } from '../../kernel/language.ts'
import { invite } from './commands.ts'
import { InvitationInput, type ManyInput, type ManyResult } from './schema.ts'

/**
 * Invites everybody on a list, each by a letter of their own. One that cannot be invited says why, and the others are.
 * @returns a line for each address, in the order of the list
 */
export async function inviteMany(ctx: Ctx, { emails, ...more }: z.output<typeof ManyInput>, spoken: Language): Promise<{ items: ManyResult[] }> {
  const items: ManyResult[] = []
  const seen = new Set<string>()
  for (const email of emails) {
    const known = email.toLowerCase()
    items.push(seen.has(known) ? { email, state: 'twice', url: null } : await inviteOne(ctx, email, more, spoken))
    seen.add(known)
  }
  return { items }
}

// Each in a transaction of its own: a letter too many takes no invitation along that was in order.
async function inviteOne(ctx: Ctx, email: string, more: object, spoken: Language): Promise<ManyResult> {
  if (!Email.safeParse(email).success) return { email, state: 'not_an_address', url: null }
  try {
    const { url } = await inTransaction(ctx.host, ctx.actor, (inside) => invite(inside, InvitationInput.parse({ ...more, email, uses: 1 }), spoken))
    return { email, state: 'invited', url }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'email_taken') return { email, state: 'here_already', url: null }
    if (error instanceof Refusal && error.code === 'too_many_letters') return { email, state: 'too_many_letters', url: null }
    throw error
  }
}
