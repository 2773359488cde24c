import { get, post, del } from '../../kernel/http.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { agreeToHome, proposeHome, withdrawFromHome } from './commands.ts'
import { findCommunitiesJob } from './find.ts'
import { findCommunity, listCommunities } from './queries.ts'
import { Communities, Community, HomeInput } from './schema.ts'

export const routes = [
  get('/communities', { summary: 'The communities one is part of, found from who talks with whom', reply: Communities }, (ctx) => listCommunities(ctx)),
  get('/communities/:id', { summary: 'One of them', reply: Community }, (ctx, { params }) => findCommunity(ctx, params.id)),
  post('/communities/:id/home', { summary: 'Propose a space for it', body: HomeInput, reply: Community, status: 201, again: findCommunity }, (ctx, { params, body }) => proposeHome(ctx, params.id, body)),
  post('/communities/:id/home/agree', { summary: 'Say yes to the proposed space', reply: Community, again: findCommunity }, (ctx, { params }) => agreeToHome(ctx, params.id)),
  del('/communities/:id/home/agree', { summary: 'Take it back', reply: Community, again: findCommunity }, (ctx, { params }) => withdrawFromHome(ctx, params.id)),
  post('/communities/find', { summary: 'Look for communities now', access: 'admin', status: 202, again: async () => ({}) }, async (ctx) => {
    await enqueue(ctx.db, findCommunitiesJob, { recount: true }, { key: 'find-communities' })
    return {}
  }),
]
