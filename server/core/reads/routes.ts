import { del, get, post, put } from '../../kernel/http.ts'
import { inboxCount, markSpaceRead, markThreadRead, markUnread, spacePosition, threadPosition } from './commands.ts'
import { markAllRead, undoMarkAll } from './all.ts'
import { unreadBySpace } from './queries.ts'
import { AllInput, ReadInput, StanceInput } from './schema.ts'
import { findMuting, findStance, mutedSpaces, mutedThreads, muteSpace, takeStance } from './stances.ts'

export const routes = [
  get('/unread', { summary: 'How much is unread, by space, and in my inbox; and the threads and spaces in which nothing is, because I muted them' },
    async (ctx) => ({ spaces: await unreadBySpace(ctx), inbox: await inboxCount(ctx), muted: await mutedThreads(ctx), muted_spaces: await mutedSpaces(ctx) })),
  put('/entries/:id/stance', { summary: 'Follow a thread, mute it, or (null) neither', body: StanceInput, again: (ctx, _, { id }) => findStance(ctx, id) }, (ctx, { params, body }) => takeStance(ctx, params.id, body.stance)),
  post('/entries/:id/read', { summary: 'Mark a thread read', body: ReadInput, again: (ctx, _, { id }) => threadPosition(ctx, id) }, (ctx, { params, body }) => markThreadRead(ctx, params.id, body.to)),
  post('/entries/:id/unread', { summary: 'Mark unread from here on', again: (ctx, _, { id }) => threadPosition(ctx, id) }, (ctx, { params }) => markUnread(ctx, params.id)),
  post('/read-all', { summary: 'Mark all of Home or of the inbox read; the answer is what undoes it', body: AllInput, perMinute: 30, again: async (_ctx, id) => ({ id, count: 0 }) }, (ctx, { body }) => markAllRead(ctx, body.place)),
  post('/read-all/:id/undo', { summary: 'Take that back: everything stands where it stood', status: 200, again: async (ctx) => ({ spaces: await unreadBySpace(ctx), inbox: await inboxCount(ctx) }) }, (ctx, { params }) => undoMarkAll(ctx, params.id)),
  post('/spaces/:id/read', { summary: 'Mark a space read', body: ReadInput, again: (ctx, _, { id }) => spacePosition(ctx, id) }, (ctx, { params, body }) => markSpaceRead(ctx, params.id, body.to)),
  put('/spaces/:id/muting', { summary: 'Mute a space: hear nothing of it but what calls me by name', again: (ctx, _, { id }) => findMuting(ctx, id) }, (ctx, { params }) => muteSpace(ctx, params.id, true)),
  del('/spaces/:id/muting', { summary: 'Hear of a space again', again: (ctx, _, { id }) => findMuting(ctx, id) }, (ctx, { params }) => muteSpace(ctx, params.id, false)),
]
