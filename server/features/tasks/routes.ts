import { z } from 'zod'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { get, patch } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { change } from './commands.ts'
import { FEED, sendFeed } from './feed.ts'
import { TaskChange } from './input.ts'
import { PRIORITIES, STATES } from './policy.ts'
import { listMyTasks, listTasks } from './queries.ts'

const Id = z.uuid().toLowerCase()
/** The database knows no year 0. */
const Moment = z.iso.datetime().refine((at) => !at.startsWith('0000'), { message: 'takes a year from 1 on' })
const ListQuery = PageQuery.extend({
  state: z.enum([...STATES, 'active']).optional(), order: z.enum(['due', 'since', 'age']).default('due'), assignee: z.union([Id, z.literal('nobody')]).optional(),
  priority: z.enum(PRIORITIES).optional(), subtask_of: Id.optional(), from: Moment.optional(), to: Moment.optional(), q: z.string().max(200).optional(),
})
const MyQuery = PageQuery.extend({ what: z.enum(['mine', 'given']).default('mine') })

export const routes = [
  get('/spaces/:id/tasks', { summary: 'What is to be done in a space', query: ListQuery, reply: pageOf(EntryView) }, (ctx, { params, query }) => listTasks(ctx, params.id, query)),
  get('/my/tasks', { summary: 'What I have to do in all spaces, or what I gave others to do', query: MyQuery }, (ctx, { query }) => listMyTasks(ctx, query)),
  get('/tasks/:file', { summary: 'What I have to do, for a calendar', dialect: FEED, params: { file: z.string().regex(/\.ics$/) } }, (ctx, call) => sendFeed(ctx, call)),
  patch('/entries/:id/task', { summary: 'Change a task: how far it is, whose, by when, and what belongs to it', body: TaskChange, reply: EntryView, again: findEntry }, (ctx, { params, body }) => change(ctx, params.id, body)),
]
