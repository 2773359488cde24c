import { findNetwork, findPerson } from '../../core/people/queries.ts'
import { del, get, post } from '../../kernel/http.ts'
import { languageOf } from '../../kernel/language.ts'
import { pageOf } from '../../kernel/pages.ts'
import { beginProof, beginRegistration, beginSignIn, endEverything, prove, register, removePasskey, signIn } from './commands.ts'
import { listPasskeys } from './queries.ts'
import { EndInput, PasskeyView, RegistrationInput, SignInInput } from './schema.ts'

export const routes = [
  post('/passkeys/register/options', { summary: 'Begin to make a passkey', perMinute: 30, proof: true, again: beginRegistration },
    (ctx) => beginRegistration(ctx)),
  post('/passkeys/register',
    { summary: 'Add the passkey that was made', body: RegistrationInput, reply: PasskeyView, status: 201,
      transaction: false, perMinute: 30, proof: true },
    (ctx, { body, request }) => register(ctx, body, languageOf(request.headers['accept-language']))),
  get('/passkeys', { summary: 'My passkeys', reply: pageOf(PasskeyView) }, (ctx) => listPasskeys(ctx)),
  del('/passkeys/:id', { summary: 'Remove a passkey', status: 204, proof: true },
    (ctx, { params, request }) => removePasskey(ctx, params.id, languageOf(request.headers['accept-language']))),
  post('/passkeys/sign-in/options', { summary: 'Begin to sign in with a passkey', access: 'anyone', perMinute: 60 },
    (ctx) => beginSignIn(ctx)),
  post('/passkeys/sign-in',
    { summary: 'Sign in with a passkey', access: 'anyone', body: SignInInput, transaction: false, perMinute: 60 },
    async (ctx, { body, request, reply }) => {
      const { actor, cookie } = await signIn(ctx, body, request.headers)
      reply.header('set-cookie', cookie)
      const inside = { ...ctx, actor }
      return { person: { ...(await findPerson(inside, actor.id)), network: await findNetwork(inside) } }
    }),
  post('/passkeys/proof/options', { summary: 'Begin to show by a passkey that it is me', perMinute: 30, again: beginProof },
    (ctx) => beginProof(ctx)),
  post('/passkeys/proof',
    { summary: 'Show by a passkey that it is me; good for ten minutes of this session', body: SignInInput, status: 204,
      transaction: false, perMinute: 30 },
    (ctx, { body }) => prove(ctx, body)),
  post('/me/end-everything',
    { summary: 'End all other sessions, all my tokens, and my passkeys but those to keep', body: EndInput, status: 204, proof: true },
    (ctx, { body, request }) => endEverything(ctx, body.keep_passkeys, languageOf(request.headers['accept-language']))),
]
