import { z } from 'zod'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { del, get, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { accept, markDuplicate, unaccept, unmarkDuplicate } from './commands.ts'
import { listQuestions, listSimilar } from './queries.ts'
import { AcceptedInput, DuplicateInput } from './schema.ts'

const ListQuery = PageQuery.extend({ state: z.enum(['unanswered', 'answered']).optional() })
const SimilarQuery = z.object({ q: z.string().max(200).default('') })

export const routes = [
  get('/spaces/:id/questions', { summary: 'What is asked in a space', query: ListQuery, reply: pageOf(EntryView) }, (ctx, { params, query }) => listQuestions(ctx, params.id, query)),
  get('/questions/similar', { summary: 'Questions in much the same words', query: SimilarQuery, reply: pageOf(EntryView) }, (ctx, { query }) => listSimilar(ctx, query.q)),
  put('/entries/:id/accepted', { summary: 'Say which reply answers a question', body: AcceptedInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => accept(ctx, params.id, body.reply)),
  del('/entries/:id/accepted', { summary: 'Take that back', reply: EntryView, again: findEntry }, (ctx, { params }) => unaccept(ctx, params.id)),
  put('/entries/:id/duplicate_of', { summary: 'Link the question that this one repeats', body: DuplicateInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => markDuplicate(ctx, params.id, body.entry)),
  del('/entries/:id/duplicate_of', { summary: 'Take that link away', reply: EntryView, again: findEntry }, (ctx, { params }) => unmarkDuplicate(ctx, params.id)),
]
