/**
 * The only error a command or query throws on purpose: it becomes the answer (RFC 9457).
 * `code` is part of the API's contract; `detail` says what is wrong and what to do.
 */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly extra: Record<string, unknown>
  constructor(status: number, code: string, detail: string, extra: Record<string, unknown> = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.extra = extra
  }
}

/** What may not be seen and what does not exist answer alike, so that nobody learns which it was. */
export const notFound = () => new Refusal(404, 'not_found', 'There is nothing here, or you may not see it.')

export const forbidden = (detail = 'You may not do this.', code = 'forbidden') => new Refusal(403, code, detail)
export const invalid = (code: string, detail: string, extra = {}) => new Refusal(422, code, detail, extra)
export const conflict = (code: string, detail: string) => new Refusal(409, code, detail)
export const unauthenticated = () => new Refusal(401, 'sign_in_needed', 'Sign in, or send a valid bearer token.')

/** @throws Refusal 403 when `ok` is false */
export function allow(ok: boolean, detail?: string, code?: string): asserts ok {
  if (!ok) throw forbidden(detail, code)
}

/** What `work` gives, or the Refusal that it throws. */
export function orRefusal<T>(work: () => T): T | Refusal {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
