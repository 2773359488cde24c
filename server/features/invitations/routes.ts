import { z } from 'zod'
import { findNetwork, findPerson } from '../../core/people/queries.ts'
import { Person } from '../../core/people/schema.ts'
import { del, get, post } from '../../kernel/http.ts'
import { languageOf } from '../../kernel/language.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { accept, invite, withdraw } from './commands.ts'
import { inviteMany } from './many.ts'
import { findInvitation, listInvitations, openInvitation } from './queries.ts'
import { AcceptInput, InvitationInput, InvitationView, ManyInput, ManyResult, OpenInvitation } from './schema.ts'

export const routes = [
  post('/invitations', { summary: 'Invite somebody, by a link or by e-mail', body: InvitationInput,
    reply: InvitationView, status: 201, perMinute: 60, again: findInvitation },
    (ctx, { body, request }) => invite(ctx, body, languageOf(request.headers['accept-language']))),
  post('/invitations/many', { summary: 'Invite everybody on a list by e-mail; each line says what became of it', body: ManyInput,
    reply: z.object({ items: z.array(ManyResult) }), transaction: false, perMinute: 10, cost: 20 },
    (ctx, { body, request }) => inviteMany(ctx, body, languageOf(request.headers['accept-language']))),
  get('/invitations', { summary: 'Open invitations', query: PageQuery, reply: pageOf(InvitationView) },
    (ctx, { query }) => listInvitations(ctx, query)),
  del('/invitations/:id', { summary: 'Withdraw an invitation', status: 204 },
    (ctx, { params }) => withdraw(ctx, params.id)),
  get('/invitations/by-token/:token',
    { summary: 'What an invitation is for', access: 'anyone', params: { token: z.string() }, reply: OpenInvitation, perMinute: 60 },
    (ctx, { params }) => openInvitation(ctx, params.token)),
  post('/invitations/by-token/:token/accept',
    { summary: 'Come in by an invitation', access: 'anyone', params: { token: z.string() }, body: AcceptInput, reply: z.object({ person: Person }),
      status: 201, perMinute: 30 },
    async (ctx, { params, body, request, reply }) => {
      const { person, cookie } = await accept(ctx, params.token, body, request.headers)
      reply.header('set-cookie', cookie)
      return { person: { ...(await findPerson(person, person.actor.id)), network: await findNetwork(ctx) } }
    }),
]
