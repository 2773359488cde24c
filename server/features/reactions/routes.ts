import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { del, get, put } from '../../kernel/http.ts'
import { react, unreact } from './commands.ts'
import { listReactions } from './queries.ts'

export const routes = [
  put('/entries/:id/reactions/:emoji', { summary: 'React', reply: EntryView, again: findEntry }, (ctx, { params }) => react(ctx, params.id, params.emoji)),
  del('/entries/:id/reactions/:emoji', { summary: 'Take a reaction back', reply: EntryView, again: findEntry }, (ctx, { params }) => unreact(ctx, params.id, params.emoji)),
  get('/entries/:id/reactions', { summary: 'Who reacted' }, (ctx, { params }) => listReactions(ctx, params.id)),
]
