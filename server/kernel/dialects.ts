import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Scope } from './context.ts'
import type { Refusal } from './errors.ts'

/** How a refusal goes out: what it says, and as what. */
export type Written = { status: number; type: string; body: unknown }

/**
 * A way of speaking HTTP. Ours is one; others are what clients speak that were made for something else. A route of another dialect
 * is the same in all else: its shapes, who may call it, its limits, its transaction.
 */
export type Dialect = {
  /** what its paths begin with */
  prefix: string
  /** the content types of bodies that it takes beside those of ours, and how one is read into an object; it may throw */
  bodies?: Record<string, (text: string) => unknown>
  /** how a refusal is written */
  refuse: (refusal: Refusal) => Written
  /**
   * where the secret of a request stands. Where this is given only that secret counts, and no cookie: what other sites can have a
   * browser send, such as forms, must not come with somebody's session. Without it: the bearer token, else the session.
   */
  secretOf?: (request: FastifyRequest) => string | undefined
  /** what a token has to be made for, where that is neither to read nor to write: what stands in an address opens nothing else */
  scope?: Scope
}

const TITLES: Record<number, string> = {
  400: 'Bad request', 401: 'Not signed in', 403: 'Not allowed', 404: 'Not found', 408: 'Too slow', 409: 'Conflict', 413: 'Too large',
  415: 'Unsupported type', 422: 'Not usable', 429: 'Too many requests', 500: 'Our mistake', 502: 'Damaged', 503: 'Not available now', 507: 'No room',
}

/** What routes speak that say nothing else: JSON, and refusals as problem+json (RFC 9457). */
export const OURS: Dialect = {
  prefix: '/api/v1',
  // The latter are what browsers send when the policy of the page refused something. "POST …/join" has nothing to say: an empty body is none.
  bodies: { 'application/json': JSON.parse, 'application/csp-report': JSON.parse, 'application/reports+json': JSON.parse },
  refuse: ({ status, code, message, extra }) => ({
    status, type: 'application/problem+json', body: { type: 'about:blank', title: TITLES[status] ?? 'Problem', status, code, detail: message, ...extra },
  }),
}

/** Has an app, or a part of it, read what bodies a dialect takes. An empty one is none, whatever it claims to be. */
export function takeBodies(app: FastifyInstance, { bodies = {} }: Dialect): void {
  for (const [type, parse] of Object.entries(bodies))
    app.addContentTypeParser(type, { parseAs: 'string' }, (_request, text, done) => {
      try {
        done(null, text === '' ? undefined : parse(text as string))
      } catch {
        done(Object.assign(new Error('not readable'), { statusCode: 400 }))
      }
    })
}

/** The dialect in which whoever asked is answered. */
export const dialectOf = (request: FastifyRequest): Dialect => (request.routeOptions?.config as { dialect?: Dialect } | undefined)?.dialect ?? OURS
