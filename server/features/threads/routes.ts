import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { del, put } from '../../kernel/http.ts'
import { reopen, resolve } from './commands.ts'

export const routes = [
  put('/entries/:id/resolved', { summary: 'Say that a thread is done', reply: EntryView, again: findEntry }, (ctx, { params }) => resolve(ctx, params.id)),
  del('/entries/:id/resolved', { summary: 'Take a thread up again', reply: EntryView, again: findEntry }, (ctx, { params }) => reopen(ctx, params.id)),
]
