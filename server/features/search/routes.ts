import { z } from 'zod'
import { get } from '../../kernel/http.ts'
import { PageQuery } from '../../kernel/pages.ts'
import { findExperts } from './experts.ts'
import { longestQuery } from './grammar.ts'
import { search } from './queries.ts'
import { Experts, Hits, Suggestions } from './schema.ts'
import { suggest } from './suggest.ts'

const SearchQuery = PageQuery.pick({ before: true, limit: true }).extend({ q: z.string().max(longestQuery).default('') })
const SuggestQuery = z.object({ q: z.string().max(100).default('') })

export const routes = [
  get('/search', { summary: 'Search what I may read: words, "phrases", -words, from: with: in: before: after: on: has:file|image|link is:unread|reply|thread|direct kind:', query: SearchQuery, reply: Hits },
    (ctx, { query }) => search(ctx, query)),
  get('/search/experts', { summary: 'Whom to ask about something: who answered others in conversations about it', query: SearchQuery.pick({ q: true }), reply: Experts, cost: 10 },
    (ctx, { query }) => findExperts(ctx, query.q)),
  get('/search/suggest', { summary: 'People, spaces and topics by their names', query: SuggestQuery, reply: Suggestions }, (ctx, { query }) => suggest(ctx, query)),
]
