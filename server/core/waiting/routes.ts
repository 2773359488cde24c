import { get, post } from '../../kernel/http.ts'
import { PageQuery } from '../../kernel/pages.ts'
import { putAway } from './commands.ts'
import { listWaiting } from './queries.ts'
import { WaitingPage } from './schema.ts'

export const routes = [
  get('/waiting', { summary: 'What waits for me and is not written in a space: invitations, requests, news', query: PageQuery, reply: WaitingPage },
    (ctx, { query }) => listWaiting(ctx, query)),
  post('/waiting/:id/put-away', { summary: 'Put away what I was told', status: 204 }, (ctx, { params }) => putAway(ctx, params.id)),
]
