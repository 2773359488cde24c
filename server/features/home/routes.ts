import { z } from 'zod'
import { get } from '../../kernel/http.ts'
import { PageQuery } from '../../kernel/pages.ts'
import { home } from './queries.ts'

const Query = PageQuery.extend({ unread: z.enum(['true', 'false']).transform((text) => text === 'true').optional() })

export const routes = [
  get('/home', { summary: 'What is new in the spaces I follow', query: Query }, (ctx, { query }) => home(ctx, query)),
]
