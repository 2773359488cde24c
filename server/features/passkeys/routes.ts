import { findNetwork, findPerson } from '../../core/people/queries.ts'
import { del, get, post } from '../../kernel/http.ts'
import { pageOf } from '../../kernel/pages.ts'
import { beginRegistration, beginSignIn, register, removePasskey, signIn } from './commands.ts'
import { listPasskeys } from './queries.ts'
import { PasskeyView, RegistrationInput, SignInInput } from './schema.ts'

export const routes = [
  post('/passkeys/register/options', { summary: 'Begin to make a passkey', perMinute: 30 },
    (ctx) => beginRegistration(ctx)),
  post('/passkeys/register',
    { summary: 'Add the passkey that was made', body: RegistrationInput, reply: PasskeyView, status: 201,
      transaction: false, perMinute: 30 },
    (ctx, { body }) => register(ctx, body)),
  get('/passkeys', { summary: 'My passkeys', reply: pageOf(PasskeyView) }, (ctx) => listPasskeys(ctx)),
  del('/passkeys/:id', { summary: 'Remove a passkey', status: 204 },
    (ctx, { params }) => removePasskey(ctx, params.id)),
  post('/passkeys/sign-in/options', { summary: 'Begin to sign in with a passkey', access: 'anyone', perMinute: 60 },
    (ctx) => beginSignIn(ctx)),
  post('/passkeys/sign-in',
    { summary: 'Sign in with a passkey', access: 'anyone', body: SignInInput, transaction: false, perMinute: 60 },
    async (ctx, { body, request, reply }) => {
      const { actor, cookie } = await signIn(ctx, body, request.headers['user-agent'] ?? '')
      reply.header('set-cookie', cookie)
      const inside = { ...ctx, actor }
      return { person: { ...(await findPerson(inside, actor.id)), network: await findNetwork(inside) } }
    }),
]
