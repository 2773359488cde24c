import { createHash, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyCompress from '@fastify/compress'
import fastifyMultipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { findNetwork } from './core/people/queries.ts'
import { isLooking } from './core/people/looks.ts'
import { authenticate } from './core/people/sessions.ts'
import { serverMaker } from './kernel/connections.ts'
import type { Host } from './kernel/context.ts'
import { forbidden, notFound, unauthenticated } from './kernel/errors.ts'
import { OURS, takeBodies } from './kernel/dialects.ts'
import { type Live } from './kernel/live.ts'
import { cursorOf } from './kernel/live-frames.ts'
import type { Metrics } from './kernel/metrics.ts'
import { describeApi } from './kernel/openapi.ts'
import { NO_PAGE, sendPage } from './kernel/page.ts'
import { demandProgress } from './kernel/progress.ts'
import { answerProblem, refuseForeignOrigin, serveRoutes } from './kernel/serve.ts'
import { demandScope } from './kernel/standing.ts'
import { serveUpgrades } from './kernel/upgrades.ts'
import { routes } from './app.ts'

const WEB = join(import.meta.dirname, '..', 'dist', 'web')
export const VERSION = '0.1.0'

/** Builds the HTTP server: API, live stream, health, metrics and the web app. */
export async function makeServer(host: Host, live: Live, metrics: Metrics, isReady: () => Promise<boolean>): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, frameworkErrors: (error, request, reply) => answerProblem(host, error, request, reply.headers(safeHeaders(host))), trustProxy: host.config.trustedProxies, bodyLimit: 1 << 20, routerOptions: { maxParamLength: 300 }, forceCloseConnections: true, serverFactory: serverMaker(host.config) })
  app.setErrorHandler((error, request, reply) => answerProblem(host, error, request, reply))
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  // Plain text is what other sites' forms can send without asking; nothing here is written in it.
  app.removeContentTypeParser(['application/json', 'text/plain'])
  takeBodies(app, OURS)
  protect(app, host)
  demandProgress(app, host)
  measure(app, host, metrics)
  await app.register(fastifyMultipart, { limits: { files: 1, fields: 10, fieldSize: 10_000 } })
  await app.register(fastifyCompress, { global: true, threshold: 2048, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 4 } } } as object)
  serveHealth(app, host, metrics, isReady)
  serveStream(app, host, live)
  const description = JSON.stringify(describeApi(routes, VERSION))
  app.get('/api/v1/openapi.json', (_request, reply) => reply.header('cache-control', 'no-cache').type('application/json').send(description))
  serveRoutes(app, host, routes, authenticate)
  await serveWeb(app, host)
  return app
}

/** The headers that every answer carries. */
function safeHeaders(host: Host): Record<string, string> {
  const secure = host.config.url.startsWith('https:')
  return {
    // A route that may be kept says so itself, and the page what it may do.
    'cache-control': 'no-store',
    'content-security-policy': NO_PAGE, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    ...(secure && { 'strict-transport-security': 'max-age=31536000' }),
  }
}

function protect(app: FastifyInstance, host: Host): void {
  app.addHook('onRequest', async (_request, reply) => void reply.headers(safeHeaders(host)))
}

function measure(app: FastifyInstance, host: Host, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    host.log.debug({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
}

function serveHealth(app: FastifyInstance, host: Host, metrics: Metrics, isReady: () => Promise<boolean>): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const ready = await isReady()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
  app.get('/metrics', async (request, reply) => {
    if (!mayMeasure(host, request)) throw notFound()
    return reply.header('cache-control', 'no-store').type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

/** Figures of the inside are for this machine alone, not for whom a proxy on it speaks for, and for who has the token. */
function mayMeasure({ config }: Host, { headers, raw }: FastifyRequest): boolean {
  if (config.metricsToken && headers.authorization && isSame(headers.authorization, `Bearer ${config.metricsToken}`)) return true
  const isForwarded = Object.keys(headers).some((name) => name === 'forwarded' || name === 'via' || name.startsWith('x-forwarded'))
  return !isForwarded && LOOPBACK.test(raw.socket.remoteAddress ?? '')
}

const isSame = (a: string, b: string) => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

const LIVE_PATHS = ['/live', '/api/v1/live']

function serveStream(app: FastifyInstance, host: Host, live: Live): void {
  const admit = async (headers: Parameters<typeof authenticate>[1]) => {
    if (!headers.authorization) refuseForeignOrigin(host, headers)
    const actor = await authenticate(host, headers)
    if (!actor) throw unauthenticated()
    demandScope(actor, 'read')
    return actor
  }
  live.serveSockets(serveUpgrades(app.server), LIVE_PATHS, (request) => {
    // Browsers always say where a socket is opened from; a cookie that comes without it was taken from one.
    if (!request.headers.authorization && !request.headers.origin) throw forbidden('Say where you come from (Origin), or send a bearer token.', 'foreign_origin')
    return admit(request.headers)
  })
  // Runs before the route that answers the same path with a page of JSON.
  app.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.url !== '/api/v1/events' || !request.headers.accept?.includes('text/event-stream')) return
    const actor = await admit(request.headers)
    const { after } = request.query as { after?: string }
    await live.serveEventStream(reply, actor, cursorOf(request.headers['last-event-id'] as string | undefined) ?? cursorOf(after))
    return reply
  })
}

// The page itself is no file: what is on the disk lacks the nonce.
const isFile = (path: string) => /\.(?!html$)\w{1,6}$/.test(path)

/** The built web app: hashed files for ever, its page for every path that is not the API's. */
async function serveWeb(app: FastifyInstance, host: Host): Promise<void> {
  const built = existsSync(WEB)
  if (built) await app.register(fastifyStatic, {
    // Looked up at each request: a build beside a running server puts other files there. Folders are pages, not files.
    root: WEB, preCompressed: true, index: false, cacheControl: false, allowedPath: isFile,
    setHeaders: (reply: { header: (name: string, value: string) => void }, path: string) =>
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  } as object)
  app.setNotFoundHandler(async (request, reply) => {
    const isPage = built && request.method === 'GET' && !request.url.startsWith('/api/') && !isFile(request.url.split('?')[0])
    if (!isPage) throw notFound()
    // The page comes also while the database does not: it says so itself.
    const network = await findNetwork(host).catch(() => undefined)
    return sendPage(reply, join(WEB, 'index.html'), { language: network?.language ?? null, colour: network?.colour ?? 'moss', looking: isLooking(request.headers, host.config.url) })
  })
}
