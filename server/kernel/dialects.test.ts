import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { authenticate } from '../core/people/sessions.ts'
import { scene, signedIn } from '../scene.ts'
import type { Dialect } from './dialects.ts'
import { invalid } from './errors.ts'
import { post } from './http.ts'
import { describeApi } from './openapi.ts'
import { answerProblem, serveRoutes } from './serve.ts'

// As programs speak that send forms with their token in them, and are always answered with 200.
const forms: Dialect = {
  prefix: '/forms',
  bodies: { 'application/x-www-form-urlencoded': (text) => Object.fromEntries(new URLSearchParams(text)) },
  refuse: ({ code }) => ({ status: 200, type: 'application/json', body: { ok: false, error: code } }),
  secretOf: ({ body }) => (body as { token?: string } | undefined)?.token,
}

const said = z.object({ text: z.string().min(1) })
const routes = [
  post('/say', { summary: 'Say', dialect: forms, transaction: false, body: said }, async ({ actor }, { body }) => ({ ok: true, by: actor.id, ...body })),
  post('/refuse', { summary: 'Refuse', dialect: forms, access: 'anyone', transaction: false }, async () => Promise.reject(invalid('not_now', 'Not now.'))),
  post('/say', { summary: 'Say', transaction: false, body: said }, async ({ actor }, { body }) => ({ by: actor.id, ...body })),
]

async function served() {
  const { ann, host } = await scene()
  const app = Fastify()
  app.setErrorHandler((error, request, reply) => answerProblem(host, error, request, reply))
  serveRoutes(app, host, routes, authenticate)
  const send = async (url: string, type: string, payload: string, headers = {}) => {
    const { statusCode: status, headers: { 'content-type': as }, body } = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, ...headers } })
    return { status, as, body: JSON.parse(body) }
  }
  const sendForm = (url: string, form: Record<string, string>, headers = {}) => send(url, 'application/x-www-form-urlencoded', new URLSearchParams(form).toString(), headers)
  return { ann, send, sendForm }
}

test('a route of another dialect takes its bodies and its secret, and refuses in its words', async () => {
  const { ann, send, sendForm } = await served()
  expect(await sendForm('/forms/say', { token: ann.token, text: 'Hello' })).toMatchObject({ status: 200, body: { ok: true, by: ann.id, text: 'Hello' } })
  expect(await send('/forms/say', 'application/json', JSON.stringify({ token: ann.token, text: 'Hello' }))).toMatchObject({ body: { ok: true, by: ann.id } })
  const refused = (error: string) => ({ status: 200, as: expect.stringMatching(/^application\/json/), body: { ok: false, error } })
  expect(await sendForm('/forms/say', { token: ann.token, text: '' })).toEqual(refused('invalid'))
  expect(await sendForm('/forms/say', { token: 'fmt_of-nobody-at-all-here', text: 'Hello' })).toEqual(refused('sign_in_needed'))
  expect(await sendForm('/forms/refuse', {})).toEqual(refused('not_now'))
  expect(await sendForm('/forms/elsewhere', { token: ann.token })).toEqual(refused('not_found'))
  expect(await send('/forms/say', 'application/json', '{"text":')).toEqual(refused('bad_request'))
  expect(await send('/forms/say', 'application/xml', '<a/>')).toEqual(refused('unsupported_type'))
})

test('where a secret stands in the body nothing else lets anybody in: forms of other sites come with cookies', async () => {
  const { ann, send, sendForm } = await served()
  const { cookie } = await signedIn(ann)
  for (const headers of [{ cookie }, { authorization: `Bearer ${ann.token}` }])
    expect(await sendForm('/forms/say', { text: 'Hello' }, headers)).toMatchObject({ body: { ok: false, error: 'sign_in_needed' } })
  expect(await send('/api/v1/say', 'application/json', '{"text":"Hello"}', { authorization: `Bearer ${ann.token}` })).toMatchObject({ body: { by: ann.id } })
})

test('ours stays as it is beside it: no forms, its own refusals, and its own description', async () => {
  const { ann, sendForm } = await served()
  const answer = await sendForm('/api/v1/say', { token: ann.token, text: 'Hello' }, { authorization: `Bearer ${ann.token}` })
  expect(answer).toMatchObject({ status: 415, as: expect.stringMatching(/^application\/problem\+json/), body: { code: 'unsupported_type', status: 415 } })
  expect(Object.keys(describeApi(routes, '1').paths)).toEqual(['/say'])
})
