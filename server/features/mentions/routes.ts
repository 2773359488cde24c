import { z } from 'zod'
import { get } from '../../kernel/http.ts'
import { suggestMentions } from './queries.ts'

const Query = z.object({ space: z.uuid(), q: z.string().max(60).default('') })

export const routes = [
  get('/mention-suggestions', { summary: 'Whom one may mention here', query: Query }, (ctx, { query }) => suggestMentions(ctx, query)),
]
