import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Host } from './context.ts'
import { Refusal } from './errors.ts'
import { tellProblem } from './serve.ts'

// Slower than any line that a person has; a body shorter than what must have come by then has to be whole.
const BYTES_PER_SECOND = 1024

/** Ends requests whose body does not come on: one look each BODY_PATIENCE_SECONDS, and what came since must be enough. */
export function demandProgress(app: FastifyInstance, host: Host): void {
  const seconds = host.config.bodyPatience
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
    let seen = raw.socket.bytesRead
    const looking = setInterval(() => {
      const came = raw.socket.bytesRead - seen
      seen += came
      if (raw.complete || raw.destroyed) return clearInterval(looking)
      // What lies unread waits for us, not for them.
      if (raw.readableLength > 0 || came >= BYTES_PER_SECOND * seconds) return
      clearInterval(looking)
      giveUp(host, request, reply)
    }, seconds * 1000).unref()
    raw.once('close', () => clearInterval(looking))
  })
}

const late = () => new Refusal(408, 'body_too_slow', 'The rest of the request did not come, or came too slowly. Send it again.')

function giveUp(host: Host, request: FastifyRequest, reply: FastifyReply): void {
  // Whoever was answered already, before they had sent everything, hears nothing more.
  if (reply.raw.headersSent) return void request.raw.destroy()
  // With the answer the connection ends; who still waits for the body hears of it only when it is told to go.
  request.raw.socket.once('close', () => request.raw.destroy())
  reply.header('connection', 'close')
  tellProblem(host, late(), request, reply)
}
