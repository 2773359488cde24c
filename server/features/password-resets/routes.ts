import { z } from 'zod'
import { post } from '../../kernel/http.ts'
import { languageOf } from '../../kernel/language.ts'
import { askForReset, makeResetLink, resetPassword } from './commands.ts'
import { AskInput, UseInput } from './schema.ts'

export const routes = [
  post('/password-resets', { summary: 'Ask for a link that sets a new password; the answer is the same for every name', access: 'anyone', body: AskInput, status: 204, perMinute: 5 },
    async (ctx, { body, request }) => void (await askForReset(ctx, body.login, languageOf(request.headers['accept-language'])))),
  post('/password-resets/use', { summary: 'Set a new password by such a link', access: 'anyone', body: UseInput, status: 204, perMinute: 20 },
    (ctx, { body, request }) => resetPassword(ctx, body.token, body.password, languageOf(request.headers['accept-language']))),
  post('/people/:id/password-link', { summary: 'Make a link that sets a new password, to be passed on', access: 'admin', proof: true, reply: z.object({ url: z.string() }), transaction: false, perMinute: 20 },
    (ctx, { params, request }) => makeResetLink(ctx, params.id, languageOf(request.headers['accept-language']))),
]
