import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { checked } from './checked.ts'
import { type Actor, type Host, isAdmin, NOBODY } from './context.ts'
import { isDatabaseAway } from './db.ts'
import { type Dialect, dialectOf, OURS, takeBodies } from './dialects.ts'
import { forbidden, invalid, notFound, Refusal, unauthenticated } from './errors.ts'
import type { Route } from './http.ts'
import { type Answer, fingerprint, keyOf, once, type Remember } from './idempotency.ts'
import { isUuid } from './ids.ts'
import { shareLimits } from './rate-limit.ts'
import { demandGrant, demandProof, demandScope } from './standing.ts'
import { inGroups } from './together.ts'

/** Finds out who asks, from the bearer token or the cookie; null when nobody is signed in. */
export type Authenticate = (host: Host, headers: IncomingHttpHeaders) => Promise<Actor | null>

/** Puts every route of the list on the server; those of another dialect in a part of it that reads and refuses as that does. */
export function serveRoutes(app: FastifyInstance, host: Host, routes: Route[], authenticate: Authenticate): void {
  const limit = shareLimits(host.bus)
  const general = limit('', host.config.requestsPerMinute)
  for (const [dialect, some] of Map.groupBy(routes, (route) => route.dialect ?? OURS))
    void app.register(async (part) => {
      if (dialect !== OURS) speak(part, host, dialect)
      for (const route of some) serveRoute(part, dialect, route)
    }, { prefix: dialect.prefix })

  function serveRoute(part: FastifyInstance, dialect: Dialect, route: Route): void {
    const inGroup = route.together && inGroups(host, route.together)
    const own = route.perMinute ? limit(`${route.method} ${route.path}`, route.perMinute) : null
    part.route({
      method: route.method, url: route.path, bodyLimit: route.largest, config: { dialect },
      handler: async (request, reply) => {
        const actor = await admit(host, route, dialect, request, authenticate)
        const caller = actor === NOBODY ? nameOf(host, request.ip) : actor.id
        general.take(caller, route.cost)
        own?.take(caller)
        const call = { ...readInput(route, request), request, reply }
        if (asks(route.proof, call.body)) demandProof(actor)
        if (asks(route.grants, call.body)) demandGrant(actor)
        const answer = await perform(host, route, actor, call, inGroup)
        // A handler that streamed its answer (or hijacked the socket) has nothing left for us to send.
        if (reply.sent || reply.raw.writableEnded || answer.body === STREAMED) return reply
        reply.code(answer.status).header('cache-control', 'private, no-store')
        return answer.body ?? (answer.status === 204 ? null : {})
      },
    })
  }
}

/** What is asked below the prefix of another dialect is read as that does, and refused so also where there is nothing. */
function speak(part: FastifyInstance, host: Host, dialect: Dialect): void {
  takeBodies(part, dialect)
  part.setNotFoundHandler((request, reply) => answerProblem(host, notFound(), request, reply, dialect))
}

const asks = (rule: Route['proof'], body: any) => (typeof rule === 'function' ? rule(body) : rule === true)

// Told to other processes, as ids are; an address itself is nobody's business.
const nameOf = ({ cursorKey }: Host, address: string) => createHmac('sha256', cursorKey).update(address).digest('base64url').slice(0, 22)

/** What a handler returns when it has answered by itself through `reply`. */
export const STREAMED = Symbol('streamed')

async function admit(host: Host, route: Route, { secretOf }: Dialect, request: FastifyRequest, authenticate: Authenticate): Promise<Actor> {
  const actor = await authenticate(host, secretOf ? { authorization: `Bearer ${secretOf(request) ?? ''}` } : request.headers)
  // Where no cookie counts, nothing that another site has a browser send is anybody's.
  if (!secretOf && request.method !== 'GET' && !request.headers.authorization) refuseForeignOrigin(host, request.headers)
  if (actor) demandScope(actor, request.method === 'GET' ? 'read' : 'write')
  if (route.access === 'anyone') return actor ?? NOBODY
  if (!actor) throw unauthenticated()
  if (route.access === 'admin') demandScope(actor, 'admin')
  if (route.access === 'admin' && !isAdmin(actor)) throw forbidden('Only administrators may do this.', 'admins_only')
  return actor
}

/**
 * A cookie travels with requests that another site makes, so commands must come from our own pages
 * (Origin, or Sec-Fetch-Site where the browser sends no Origin).
 * @throws Refusal 403
 */
export function refuseForeignOrigin(host: Host, headers: IncomingHttpHeaders): void {
  const { origin, host: asked } = headers
  const site = headers['sec-fetch-site']
  // What was sent in the clear is not taken for ours where we are asked over TLS; a proxy that was not told of may add it.
  const { origin: own, protocol } = new URL(host.config.url)
  const ours = origin ? origin === own || origin === `https://${asked}` || (protocol === 'http:' && origin === `http://${asked}`)
    : site === undefined || site === 'same-origin' || site === 'none'
  if (!ours) throw forbidden('This request came from another site.', 'foreign_origin')
}

function readInput(route: Route, request: FastifyRequest) {
  const params = { ...(request.params as Record<string, string>) }
  for (const [name, value] of Object.entries(params)) {
    const shape = route.params?.[name]
    if (shape ? !shape.safeParse(value).success : !isUuid(value)) throw notFound()
    // Ids are compared as text in places; a UUID may be written in capitals (RFC 9562).
    if (!shape) params[name] = value.toLowerCase()
  }
  return {
    params, query: route.query && checked(route.query, request.query, 'query'),
    body: route.streams || !route.body ? undefined : checked(route.body, request.body ?? {}, 'body'),
  }
}

type Given = Parameters<Route['run']>[1]

async function perform(host: Host, route: Route, actor: Actor, call: Given, inGroup?: ReturnType<typeof inGroups>): Promise<Answer> {
  const status = route.status ?? 200
  if (route.method === 'GET' || route.transaction === false)
    return { status, body: await route.run({ actor, db: host.db, host }, call) }
  const ctx = { actor, db: host.db, host }
  const answer = await once(ctx, {
    key: route.access === 'anyone' ? null : keyOf(call.request.headers['idempotency-key']),
    describe: () => fingerprint(route.method, call.request.url, call.body),
    work: async (remember) => {
      const alone = () => transact(host, route, actor, call, remember)
      return inGroup ? inGroup({ given: { ...call, actor }, alone, answerOf: (body) => ({ status, body }), remember }) : alone()
    },
    again: async (id) => route.again?.(ctx, id, call.params),
  })
  host.wake()
  return answer
}

async function transact(host: Host, route: Route, actor: Actor, call: Given, remember: Remember): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await host.db.transaction().execute(async (db) => {
        const ctx = { actor, db, host }
        const answer = { status: route.status ?? 200, body: await route.run(ctx, call) }
        await remember(ctx, answer)
        return answer
      })
    } catch (error) {
      // Deadlock or serialization failure: nothing happened, and the second try usually finds the way free.
      if (attempt < 4 && /^40(001|P01)$/.test((error as { code?: string }).code ?? '')) continue
      throw error
    }
  }
}

/** Answers a request that failed; what is left of its body, which nobody reads any more, would stand before the next one. */
export function answerProblem(host: Host, error: unknown, request: FastifyRequest, reply: FastifyReply, dialect?: Dialect): FastifyReply {
  request.raw.unpipe().resume()
  return tellProblem(host, error, request, reply, dialect)
}

/** Turns whatever was thrown into a refusal in the dialect of who asked; says nothing about the inside. */
export function tellProblem(host: Host, error: unknown, request: FastifyRequest, reply: FastifyReply, dialect = dialectOf(request)): FastifyReply {
  const refusal = asRefusal(error)
  if (refusal.status >= 500 || refusal.code === 'gone_meanwhile') host.log.error({ err: error, method: request.method, route: request.routeOptions.url ?? 'none' }, 'request failed')
  const retry = refusal.extra.retry_after
  if (typeof retry === 'number') reply.header('retry-after', String(retry))
  const { status, type, body } = dialect.refuse(refusal)
  return reply.code(status).header('content-type', type).header('cache-control', 'no-store').send(body)
}

const isDiskFull = (code: string) => code === 'ENOSPC' || code === 'EDQUOT' || code === '53100'

// What the reader of forms (busboy) says of one without a boundary or without its end; it gives these errors no code.
const isBrokenForm = (error: unknown) => error instanceof Error && /^(Multipart: Boundary not found|Unexpected end of (form|multipart data)|Malformed part header)$/.test(error.message)

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (isDatabaseAway(error)) return new Refusal(503, 'database_away', 'The database is not answering. Try again soon.', { retry_after: 2 })
  const { statusCode = 500, code = '' } = error as { statusCode?: number; code?: string }
  if (isDiskFull(code)) return new Refusal(507, 'no_room', 'There is no room left on the server. Tell whoever looks after it; nothing was kept.', { retry_after: 60 })
  if (code === 'FST_INVALID_MULTIPART_CONTENT_TYPE' || isBrokenForm(error)) return new Refusal(400, 'bad_request', 'The form could not be read: its parts have no beginning or no end.')
  if (code === '57014') return new Refusal(503, 'too_slow', 'This took too long and was stopped. Try again, or ask for less.', { retry_after: 5 })
  if (code === '22021' || code === '22P05') return invalid('bad_text', 'The text has a character that cannot be stored (NUL).')
  // Logged like every error of ours; but between looking and writing what it belongs to may go (a sample company, with its people).
  if (code === '23503') return new Refusal(409, 'gone_meanwhile', 'What this belongs to was removed at this moment. Nothing was kept.')
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') return new Refusal(413, 'too_large', 'This is larger than what is accepted here.')
  if (statusCode === 415) return new Refusal(415, 'unsupported_type', 'Send JSON (Content-Type: application/json).')
  if (statusCode < 500) return new Refusal(statusCode === 404 ? 404 : 400, 'bad_request', 'The request could not be read.')
  return new Refusal(500, 'internal', 'Something went wrong on our side. It was logged.')
}
