import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { del, get, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { pin, unpin } from './commands.ts'
import { listPins } from './queries.ts'

export const routes = [
  put('/entries/:id/pinned', { summary: 'Pin in its space', reply: EntryView, again: findEntry }, (ctx, { params }) => pin(ctx, params.id)),
  del('/entries/:id/pinned', { summary: 'Take down what is pinned', reply: EntryView, again: findEntry }, (ctx, { params }) => unpin(ctx, params.id)),
  get('/spaces/:id/pins', { summary: 'What is pinned in a space, the newest first', query: PageQuery, reply: pageOf(EntryView) }, (ctx, { params, query }) => listPins(ctx, params.id, query)),
]
