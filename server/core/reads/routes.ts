import { get, post } from '../../kernel/http.ts'
import { inboxCount, markSpaceRead, markThreadRead, markUnread, spacePosition, threadPosition } from './commands.ts'
import { unreadBySpace } from './queries.ts'
import { ReadInput } from './schema.ts'

export const routes = [
  get('/unread', { summary: 'How much is unread, by space, and in my inbox' },
    async (ctx) => ({ spaces: await unreadBySpace(ctx), inbox: await inboxCount(ctx) })),
  post('/entries/:id/read', { summary: 'Mark a thread read', body: ReadInput, again: (ctx, _, { id }) => threadPosition(ctx, id) }, (ctx, { params, body }) => markThreadRead(ctx, params.id, body.to)),
  post('/entries/:id/unread', { summary: 'Mark unread from here on', again: (ctx, _, { id }) => threadPosition(ctx, id) }, (ctx, { params }) => markUnread(ctx, params.id)),
  post('/spaces/:id/read', { summary: 'Mark a space read', body: ReadInput, again: (ctx, _, { id }) => spacePosition(ctx, id) }, (ctx, { params, body }) => markSpaceRead(ctx, params.id, body.to)),
]
