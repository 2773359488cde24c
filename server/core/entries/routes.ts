import { z } from 'zod'
import { del, get, patch, post } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { entryAudience } from './audience.ts'
import { edit, publish, publishTogether, remove, reply, restore } from './commands.ts'
import { pageOfEvents } from './log.ts'
import { findThread, listEntries, listWrittenBy } from './lists.ts'
import { findEntry, listConversationsWithLast, listVersions } from './queries.ts'
import { EntryChange, EntryInput, EntryView, ReplyInput, VersionView } from './schema.ts'

const ListQuery = PageQuery.extend({ view: z.enum(['threads', 'flat']).default('threads'), order: z.enum(['created', 'active']).default('created') })

export const routes = [
  post('/spaces/:id/entries', { summary: 'Post in a space', body: EntryInput, reply: EntryView, again: findEntry, status: 201, together: publishTogether }, (ctx, { params, body }) => publish(ctx, params.id, body)),
  get('/spaces/:id/entries', { summary: 'What was said in a space', query: ListQuery, reply: pageOf(EntryView) }, (ctx, { params, query }) => listEntries(ctx, params.id, query)),
  get('/people/:id/entries', { summary: 'What a person wrote in communities that I may read', query: PageQuery, reply: pageOf(EntryView) }, (ctx, { params, query }) => listWrittenBy(ctx, params.id, query)),
  get('/entries/:id', { summary: 'An entry', reply: EntryView }, (ctx, { params }) => findEntry(ctx, params.id)),
  get('/entries/:id/thread', { summary: 'An entry and its replies', query: PageQuery }, (ctx, { params, query }) => findThread(ctx, params.id, query)),
  post('/entries/:id/replies', { summary: 'Reply', body: ReplyInput, reply: EntryView, again: findEntry, status: 201 }, (ctx, { params, body }) => reply(ctx, params.id, body)),
  patch('/entries/:id', { summary: 'Edit', body: EntryChange, reply: EntryView, again: findEntry }, (ctx, { params, body }) => edit(ctx, params.id, body)),
  del('/entries/:id', { summary: 'Remove', status: 204 }, (ctx, { params }) => remove(ctx, params.id)),
  post('/entries/:id/restore', { summary: 'Undo a removal', reply: EntryView, again: findEntry }, (ctx, { params }) => restore(ctx, params.id)),
  get('/entries/:id/versions', { summary: 'What it said before', query: PageQuery, reply: pageOf(VersionView) }, (ctx, { params, query }) => listVersions(ctx, params.id, query)),
  get('/entries/:id/audience', { summary: 'Who can see it', query: PageQuery }, (ctx, { params, query }) => entryAudience(ctx, params.id, query)),
  get('/conversations', { summary: 'My direct conversations, the newest activity first', query: PageQuery }, (ctx, { query }) => listConversationsWithLast(ctx, query)),
  get('/events', { summary: 'What happened: a page of the log, or the live stream as server-sent events (Accept: text/event-stream)', query: PageQuery.pick({ after: true, limit: true }) },
    (ctx, { query }) => pageOfEvents(ctx, query)),
]
