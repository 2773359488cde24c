import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Ctx } from './context.ts'
import type { Dialect } from './dialects.ts'
import type { Together } from './together.ts'

/** Who may call: anybody, a person who is signed in, or an administrator. Every route says it or gets 'person'. */
export type Access = 'anyone' | 'person' | 'admin'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Shape = z.ZodType | undefined
type Out<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined
/**
 * What a repetition under the same Idempotency-Key is answered: the thing with the id of the first answer, as it is now, for
 * whoever may still read it. Nothing but that id is kept of an answer.
 */
export type Again<P> = (ctx: Ctx, id: string, params: P) => Promise<unknown>
// A command that answers something says how it is answered again, but for those that are not remembered: whoever opens
// transactions of their own looks after that too, and what anybody may do is bound to a secret that works once.
type Repeatable<P> = { status: 204 } | { transaction: false } | { access: 'anyone' } | { again: Again<P> }

/** The names in a path: '/spaces/:space/members/:person' has `space` and `person`. */
export type ParamsOf<P extends string> =
  P extends `${string}:${infer Name}/${infer Rest}` ? { [K in Name]: string } & ParamsOf<`/${Rest}`>
    : P extends `${string}:${infer Name}` ? { [K in Name]: string } : unknown

export type RouteOptions<Q extends Shape, B extends Shape> = {
  /** one line for the API's documentation */
  summary: string
  access?: Access
  /** what its clients speak, where that is not what ours do */
  dialect?: Dialect
  /** names in the path that are no ids, and what they hold; all others are UUIDs, or there is nothing there */
  params?: Record<string, z.ZodType<string>>
  query?: Q
  body?: B
  /** the shape of the answer, for the documentation and checked by the tests */
  reply?: z.ZodType
  status?: number
  /** false: the route opens its own transactions (streams, slow hashing) */
  transaction?: boolean
  /** calls a minute for one caller, below the general limit: against guessing and flooding */
  perMinute?: number
  /** how many ordinary calls this one counts as, because it is heavy on the server */
  cost?: number
  /** the most bytes of a body, where that is less than everywhere (1 MiB) */
  largest?: number
  /** the body is read by the handler (multipart) */
  streams?: boolean
  /** carries out those that come at once in one transaction */
  together?: Together
  /** true, or true of this body: only in a session in which the person has just shown that it is they */
  proof?: boolean | Asks<B>
  /** true, or true of this body: gives others power or a key; with such a proof, or a token that was made to give them */
  grants?: boolean | Asks<B>
}
// A method, so that a route of some body is a route.
type Asks<B extends Shape> = { asks(body: Out<B>): boolean }['asks']
export type Call<P, Q, B> = { params: P; query: Q; body: B; request: FastifyRequest; reply: FastifyReply }
export type Route = RouteOptions<Shape, Shape> & {
  method: Method; path: string; again?: Again<any>; run: (ctx: Ctx, call: Call<any, any, any>) => Promise<unknown>
}
type Run<P extends string, Q extends Shape, B extends Shape> = (ctx: Ctx, call: Call<ParamsOf<P>, Out<Q>, Out<B>>) => Promise<unknown>

const verb = (method: Method) =>
  <P extends string, Q extends Shape = undefined, B extends Shape = undefined>(
    path: P, options: RouteOptions<Q, B> & Repeatable<ParamsOf<P>>, run: Run<P, Q, B>,
  ): Route => ({ ...options, method, path, run })

/**
 * One endpoint on one line: path, shapes, command.
 * @example post('/spaces/:space/join', { summary: 'Join a space' }, (ctx, { params }) => join(ctx, params.space))
 */
export const get = <P extends string, Q extends Shape = undefined>(path: P, options: RouteOptions<Q, undefined>, run: Run<P, Q, undefined>): Route =>
  ({ ...options, method: 'GET', path, run })
export const post = verb('POST')
export const put = verb('PUT')
export const patch = verb('PATCH')
export const del = verb('DELETE')
