import { z } from 'zod'
import { createToken } from '../../core/people/commands.ts'
import { Scopes } from '../../core/people/schema.ts'
import { warn } from '../../core/people/warn.ts'
import { del, get, post } from '../../kernel/http.ts'
import { languageOf } from '../../kernel/language.ts'
import { line } from '../../kernel/names.ts'
import { demandSelf } from '../../kernel/standing.ts'
import { endToken, findToken, listTokens } from './commands.ts'

const TokenInput = z.object({ name: line(60).min(1, { message: 'is needed' }), expires_at: z.iso.datetime().optional(), scopes: Scopes.default(['read', 'write']) })

export const routes = [
  get('/tokens', { summary: 'My API tokens' }, (ctx) => listTokens(ctx)),
  post('/tokens', { summary: 'Make an API token', body: TokenInput, status: 201, proof: true, again: findToken }, async (ctx, { body, request }) => {
    await warn(ctx, languageOf(request.headers['accept-language']), 'token')
    return createToken(ctx, body)
  }),
  del('/tokens/:id', { summary: 'Revoke an API token', status: 204 }, (ctx, { params }) => {
    demandSelf(ctx.actor)
    return endToken(ctx, params.id)
  }),
]
