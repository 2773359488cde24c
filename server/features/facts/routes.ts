import { z } from 'zod'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryInput, EntryView } from '../../core/entries/schema.ts'
import { del, get, post, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { confirm, contradict, supersede, unconfirm } from './commands.ts'
import { ConfirmationInput, PositionInput } from './input.ts'
import { listFacts, lookedAt } from './queries.ts'
import { Present } from './schema.ts'

const ListQuery = PageQuery.extend({ state: z.enum(['holds', 'disputed', 'stale']).optional(), since: z.uuid().toLowerCase().optional(), q: z.string().max(200).optional() })
const Board = pageOf(Present).extend({ position: z.uuid().nullable() })

export const routes = [
  get('/spaces/:id/facts', { summary: 'What holds in a space, subject by subject; what changed last comes first, with `since` what changed first after that', query: ListQuery, reply: Board }, (ctx, { params, query }) => listFacts(ctx, params.id, query)),
  put('/spaces/:id/facts/position', { summary: 'Remember up to which change I have looked', body: PositionInput, status: 204 }, (ctx, { params, body }) => lookedAt(ctx, params.id, body.to)),
  put('/entries/:id/confirmation', { summary: 'Say that I saw it so, too', body: ConfirmationInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => confirm(ctx, params.id, body)),
  del('/entries/:id/confirmation', { summary: 'Take that back', reply: EntryView, again: findEntry }, (ctx, { params }) => unconfirm(ctx, params.id)),
  post('/entries/:id/contradictions', { summary: 'Say that it is otherwise, beside it', body: EntryInput, reply: EntryView, again: findEntry, status: 201 }, (ctx, { params, body }) => contradict(ctx, params.id, body)),
  post('/entries/:id/successors', { summary: 'Say what is so now, in place of it', body: EntryInput, reply: EntryView, again: findEntry, status: 201 }, (ctx, { params, body }) => supersede(ctx, params.id, body)),
]
