import type { Actor, Scope } from './context.ts'
import { forbidden } from './errors.ts'

export const sessionNeeded = () => forbidden('No token can do this. Sign in and do it there.', 'session_needed')

/**
 * What is somebody's own (passwords, keys, addresses, who may come in) is left alone by whoever only looks as them.
 * @throws Refusal 403 `looking`
 */
export function demandSelf({ looked_from }: Actor): void {
  if (looked_from) throw forbidden('You are looking as somebody else. Go back to yourself to do this.', 'looking')
}

const FRESH_MS = 10 * 60_000

/**
 * What a token is not for, it cannot do; a session may do whatever its person may. The one place where scopes are
 * enforced, for requests and for streams. The power of an administrator is taken where the token is looked up.
 * @throws Refusal 403 `scope_missing`
 */
export function demandScope(actor: Actor, scope: Scope): void {
  if (actor.scopes && !actor.scopes.includes(scope))
    throw forbidden(`This token may not do this: it was made without the scope \`${scope}\`. Do it in a browser, or with a token that was made for it.`, 'scope_missing')
}

/**
 * Keys to the account change hands only with a proof of the last ten minutes: neither a token nor a session that
 * somebody found open makes itself a lasting door.
 * @throws Refusal 403 `session_needed` for tokens, `looking`, `proof_needed` when the proof is too old
 */
export function demandProof(actor: Actor): void {
  demandSelf(actor)
  const { scopes, session, proven_at } = actor
  if (scopes || !session) throw sessionNeeded()
  if (!proven_at || Date.now() - Date.parse(proven_at) > FRESH_MS)
    throw forbidden('Show that it is you, by POST /sessions/current/proof or a passkey, and then repeat this.', 'proof_needed')
}

/**
 * Power and keys are given to others with a fresh proof as well, or by a token that was made to give them: what reads,
 * writes and administers for somebody does not thereby let in whom it likes.
 * @throws Refusal 403 `scope_missing` for tokens, `proof_needed` when the proof is too old
 */
export const demandGrant = (actor: Actor): void => (actor.scopes ? demandScope(actor, 'grant') : demandProof(actor))
