import { get } from '../../kernel/http.ts'
import { PageQuery } from '../../kernel/pages.ts'
import { listInbox } from './queries.ts'

export const routes = [
  get('/inbox', { summary: 'What concerns me and why, by thread', query: PageQuery }, (ctx, { query }) => listInbox(ctx, query)),
]
