import { del, get, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { finish, save } from './commands.ts'
import { findSave, listSaved } from './queries.ts'
import { SavedEntry, SaveInput, SaveState } from './schema.ts'

export const routes = [
  put('/entries/:id/saved', { summary: 'Save for later, with a reminder or without', body: SaveInput, reply: SaveState, again: (ctx, _, { id }) => findSave(ctx, id) },
    (ctx, { params, body }) => save(ctx, params.id, body.remind_at)),
  del('/entries/:id/saved', { summary: 'Be done with what was saved', status: 204 }, (ctx, { params }) => finish(ctx, params.id)),
  get('/saved', { summary: 'What I saved for later, the newest first', query: PageQuery, reply: pageOf(SavedEntry) }, (ctx, { query }) => listSaved(ctx, query)),
]
