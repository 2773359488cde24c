import { z } from 'zod'
import { EntryView } from '../../core/entries/schema.ts'
import { get } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { listByTopic } from './queries.ts'

export const routes = [
  get('/topics/:topic/entries', { summary: 'What was said on a topic', params: { topic: z.string() }, query: PageQuery, reply: pageOf(EntryView) },
    (ctx, { params, query }) => listByTopic(ctx, params.topic, query)),
]
