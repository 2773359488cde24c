import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Ctx, isAdmin } from '../../kernel/context.ts'
import { del, get, patch, post, put } from '../../kernel/http.ts'
import { languageOf } from '../../kernel/language.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { addPerson, changePassword, changePerson, changeProfile } from './commands.ts'
import { askForEmail, confirmEmail, findPendingEmail } from './email-changes.ts'
import { endLook, findLooker, leaveLook } from './looks.ts'
import { beHere, MOST_ASKED } from './presence.ts'
import { findNetwork, findPerson, listDepartments, listPeople } from './queries.ts'
import { Password, Person, PersonChange, PersonInput, ProfileInput } from './schema.ts'
import { beginSession, clearCookie, endSession, forgetOwn, listSessions } from './sessions.ts'
import { checkPassword, proveByPassword } from './sign-in.ts'

const PeopleQuery = PageQuery.extend({
  q: z.string().max(100).optional(), role: z.enum(['owner', 'admin', 'member', 'guest']).optional(),
  state: z.enum(['active', 'imported', 'deactivated']).optional(), department: z.string().max(100).optional(),
})
const SignIn = z.object({ login: z.string().min(1).max(254), password: z.string().min(1).max(1024) })
const ConfirmInput = z.object({ token: z.string().min(1).max(200) })
const Me = Person.extend({ email_pending: z.string().nullable() })
const PasswordInput = z.object({ password: Password })
const PresenceInput = z.object({ people: z.array(z.uuid().toLowerCase()).max(MOST_ASKED).default([]) })
const ProofInput = z.object({ password: z.string().min(1).max(1024) })

// `seq` is read first: whoever fetches the rest afterwards and follows the stream from there has missed nothing.
const me = async (ctx: Ctx) => {
  const { seq } = await ctx.db.selectFrom('events').select((eb) => eb.fn.max('seq').as('seq')).executeTakeFirstOrThrow()
  return { seq: Number(seq ?? 0), ...(await findPerson(ctx, ctx.actor.id)), email_pending: await findPendingEmail(ctx), network: await findNetwork(ctx), looker: await findLooker(ctx) }
}
const myProfile = async (ctx: Ctx) => ({ ...(await findPerson(ctx, ctx.actor.id)), email_pending: await findPendingEmail(ctx) })
const spoken = (request: FastifyRequest) => languageOf(request.headers['accept-language'])

export const routes = [
  get('/me', { summary: 'Who I am' }, (ctx) => me(ctx)),
  patch('/me', { summary: 'Change my profile; another e-mail address waits as `email_pending` until it is confirmed', body: ProfileInput, reply: Me,
    proof: ({ email }) => email !== undefined, again: myProfile },
    async (ctx, { body: { email, ...change }, request }) => {
      if (email) await askForEmail(ctx, email, spoken(request))
      return { ...(await changeProfile(ctx, change)), email_pending: await findPendingEmail(ctx) }
    }),
  post('/me/email/confirm', { summary: 'Confirm my new e-mail address', body: ConfirmInput, reply: Me, perMinute: 30, again: myProfile },
    async (ctx, { body, request }) => ({ ...(await confirmEmail(ctx, body.token, spoken(request))), email_pending: null })),
  put('/me/password', { summary: 'Set my password', body: PasswordInput, status: 204, perMinute: 10, proof: true },
    (ctx, { body, request }) => changePassword(ctx, body.password, spoken(request))),
  post('/presence', { summary: 'Say that I am here, and ask which of these people are', body: PresenceInput, reply: z.object({ here: z.array(z.uuid()) }), perMinute: 60, transaction: false },
    (ctx, { body }) => beHere(ctx, body.people)),
  post('/people', { summary: 'Add a person', access: 'admin', body: PersonInput, reply: Person.extend({ token: z.string().optional() }), status: 201,
    grants: ({ token, role }) => token || isAdmin({ role }), again: findPerson },
    (ctx, { body, request }) => addPerson(ctx, body, spoken(request))),
  get('/people', { summary: 'The people', query: PeopleQuery, reply: pageOf(Person) }, (ctx, { query }) => listPeople(ctx, query)),
  get('/departments', { summary: 'The departments that people say they are of, the largest first; at most 200', reply: pageOf(z.object({ name: z.string(), people: z.number() })) },
    (ctx) => listDepartments(ctx)),
  get('/people/:id', { summary: 'A person', reply: Person }, (ctx, { params }) => findPerson(ctx, params.id)),
  patch('/people/:id', { summary: 'Change a role, let a person go or come back', access: 'admin', body: PersonChange, reply: Person,
    // To let somebody go must be quick; to let them come back opens the doors they had.
    grants: ({ role, state }) => role !== undefined || state === 'active', again: findPerson },
    (ctx, { params, body, request }) => changePerson(ctx, params.id, body, spoken(request))),

  post('/sessions', { summary: 'Sign in', access: 'anyone', body: SignIn, transaction: false, perMinute: 60 }, async (ctx, { body, request, reply }) => {
    const actor = { ...(await checkPassword(ctx.host, body.login, body.password, request)), session: null }
    const { cookie } = await beginSession(ctx, actor.id, request.headers)
    reply.header('set-cookie', cookie)
    return { person: await me({ ...ctx, actor }) }
  }),
  post('/sessions/current/proof', { summary: 'Show by my password that it is me; good for ten minutes of this session', body: ProofInput, status: 204, transaction: false, perMinute: 30 },
    (ctx, { body }) => proveByPassword(ctx, body.password)),
  get('/sessions', { summary: 'Where I am signed in' }, (ctx) => listSessions(ctx)),
  del('/sessions/current', { summary: 'Sign out', status: 204 }, async (ctx, { request, reply }) => {
    const { url } = ctx.host.config
    reply.header('set-cookie', [clearCookie(url), ...forgetOwn(request.headers, url)]).header('clear-site-data', '"cache", "storage"')
    if (ctx.actor.looked_from) await leaveLook(ctx, request.headers)
    else if (ctx.actor.session) await endSession(ctx, ctx.actor.session)
  }),
  del('/sessions/current/look', { summary: 'Be myself again, where I looked as somebody of the sample company', access: 'anyone', status: 204, perMinute: 60 },
    async (ctx, { request, reply }) => void reply.header('set-cookie', await endLook(ctx, request.headers))),
  del('/sessions/:id', { summary: 'End one of my sessions', status: 204 }, (ctx, { params }) => endSession(ctx, params.id)),
]
