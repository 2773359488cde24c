import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import { del, get, patch, post } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { move, schedule, sendNow, withdraw } from './commands.ts'
import { findScheduled, listScheduled } from './queries.ts'
import { MoveInput, ScheduledView, ScheduleInput } from './schema.ts'

const again = (ctx: Ctx, id: string) => findScheduled(ctx, id)

export const routes = [
  get('/scheduled', { summary: 'What I wrote to be sent later, the next first', query: PageQuery, reply: pageOf(ScheduledView) }, (ctx, { query }) => listScheduled(ctx, query)),
  post('/scheduled', { summary: 'Have something sent later', body: ScheduleInput, reply: ScheduledView, status: 201, again }, (ctx, { body }) => schedule(ctx, body)),
  patch('/scheduled/:id', { summary: 'Have it sent at another moment', body: MoveInput, reply: ScheduledView, again }, (ctx, { params, body }) => move(ctx, params.id, body.send_at)),
  post('/scheduled/:id/send', { summary: 'Send it now', reply: EntryView, status: 201, again: findEntry }, (ctx, { params }) => sendNow(ctx, params.id)),
  del('/scheduled/:id', { summary: 'Withdraw it', status: 204 }, (ctx, { params }) => withdraw(ctx, params.id)),
]
