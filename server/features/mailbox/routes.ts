import { z } from 'zod'
import { get } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { listLetters } from './queries.ts'

const LetterView = z.object({
  id: z.uuid(), to: z.string(), subject: z.string(), text: z.string(), html: z.string(), created_at: z.string(),
})

export const routes = [
  get('/mailbox', { summary: 'Letters of a network without a mail server', access: 'admin', query: PageQuery,
    reply: pageOf(LetterView) },
    (ctx, { query }) => listLetters(ctx, query)),
]
