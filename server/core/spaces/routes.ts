import { z } from 'zod'
import { del, get, patch, post, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { approve, archive, decline, declineInvitation, editCharter, inviteAll, join, leave, openSpace, removeMember, setMember, withdrawInvitation } from './commands.ts'
import { MAX_IN_CONVERSATION, openConversation } from './conversations.ts'
import { findSpace, listInvited, listMembers, listRequests, listSpaces } from './queries.ts'
import { CharterInput, InviteInput, RoleInput, SpaceInput, SpaceView } from './schema.ts'

const yes = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')
const Directory = PageQuery.extend({ q: z.string().max(100).optional(), mine: yes.optional(), with: z.uuid().toLowerCase().optional(), state: z.enum(['active', 'archived']).optional(), sort: z.enum(['name', 'activity']).optional() })
const People = z.object({ people: z.array(z.uuid().toLowerCase()).min(1).max(MAX_IN_CONVERSATION) })

export const routes = [
  post('/spaces', { summary: 'Open a space', body: SpaceInput, reply: SpaceView, again: findSpace, status: 201 }, (ctx, { body }) => openSpace(ctx, body)),
  get('/spaces', { summary: 'The directory of spaces', query: Directory, reply: pageOf(SpaceView) }, (ctx, { query }) => listSpaces(ctx, query)),
  get('/spaces/:id', { summary: 'A space', reply: SpaceView }, (ctx, { params }) => findSpace(ctx, params.id)),
  patch('/spaces/:id', { summary: 'Edit the charter', body: CharterInput, reply: SpaceView, again: findSpace }, (ctx, { params, body }) => editCharter(ctx, params.id, body)),
  post('/spaces/:id/archive', { summary: 'Archive a space', reply: SpaceView, again: findSpace }, (ctx, { params }) => archive(ctx, params.id, true)),
  post('/spaces/:id/unarchive', { summary: 'Take up an archived space again', reply: SpaceView, again: findSpace }, (ctx, { params }) => archive(ctx, params.id, false)),
  post('/spaces/:id/join', { summary: 'Join, or ask to join', reply: SpaceView, perMinute: 30, again: findSpace }, (ctx, { params }) => join(ctx, params.id)),
  post('/spaces/:id/leave', { summary: 'Leave', status: 204 }, (ctx, { params }) => leave(ctx, params.id)),
  get('/spaces/:id/members', { summary: 'Who is in a space', query: PageQuery }, (ctx, { params, query }) => listMembers(ctx, params.id, query)),
  put('/spaces/:id/members/:person', { summary: 'Add a member or set a role', body: RoleInput, reply: SpaceView, again: findSpace },
    (ctx, { params, body }) => setMember(ctx, params.id, params.person, body.role)),
  del('/spaces/:id/members/:person', { summary: 'Remove a member', status: 204 }, (ctx, { params }) => removeMember(ctx, params.id, params.person)),
  get('/spaces/:id/requests', { summary: 'Who asks to join', query: PageQuery }, (ctx, { params, query }) => listRequests(ctx, params.id, query)),
  post('/spaces/:id/requests/:person/approve', { summary: 'Let a person in', reply: SpaceView, again: findSpace }, (ctx, { params }) => approve(ctx, params.id, params.person)),
  post('/spaces/:id/requests/:person/decline', { summary: 'Decline a request', status: 204 }, (ctx, { params }) => decline(ctx, params.id, params.person)),
  post('/spaces/:id/invitations', { summary: 'Invite people to a space', body: InviteInput, status: 204, perMinute: 60 },
    (ctx, { params, body }) => inviteAll(ctx, params.id, body.person ? [body.person, ...body.people] : body.people)),
  get('/spaces/:id/invitations', { summary: 'Who is invited and has not answered', query: PageQuery }, (ctx, { params, query }) => listInvited(ctx, params.id, query)),
  del('/spaces/:id/invitations/:person', { summary: 'Take an invitation back', status: 204 }, (ctx, { params }) => withdrawInvitation(ctx, params.id, params.person)),
  post('/spaces/:id/invitations/decline', { summary: 'Decline an invitation to a space', status: 204 }, (ctx, { params }) => declineInvitation(ctx, params.id)),

  post('/conversations', { summary: 'Talk with people directly', body: People, reply: SpaceView, again: findSpace, status: 201 }, (ctx, { body }) => openConversation(ctx, body.people)),
]
