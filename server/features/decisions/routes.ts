import { z } from 'zod'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { del, get, patch, post, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { argue, weigh } from './arguments.ts'
import { amend, conclude, takePosition, withdrawPosition } from './commands.ts'
import { acceptSummary, summarize } from './debate.ts'
import { findDecision, listAllDecisions, listArguments, listDecisions, listPositions } from './queries.ts'
import { review } from './reviews.ts'
import { AcceptInput, AmendInput, ArgumentInput, DecisionFacts, DecisionView, OutcomeInput, PositionInput, PositionView, RegisteredDecision, ReviewInput, SummaryInput } from './shapes.ts'

const Register = PageQuery.extend({ state: DecisionFacts.shape.state.optional() })
const Arguments = PageQuery.extend({ option: z.string().max(10).optional(), side: z.enum(['for', 'against']).optional() })

export const routes = [
  get('/spaces/:id/decisions', { summary: 'What is decided in a space, the newest first', query: Register, reply: pageOf(EntryView) }, (ctx, { params, query }) => listDecisions(ctx, params.id, query)),
  get('/decisions', { summary: 'What is decided in all spaces that I may read, the newest first', query: Register, reply: pageOf(RegisteredDecision) }, (ctx, { query }) => listAllDecisions(ctx, query)),
  get('/entries/:id/decision', { summary: 'How the voices stand, and what I have to do with it', reply: DecisionView }, (ctx, { params }) => findDecision(ctx, params.id)),
  patch('/entries/:id/decision', { summary: 'Change what can be chosen, or when it closes', body: AmendInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => amend(ctx, params.id, body)),
  get('/entries/:id/positions', { summary: 'Who says what, and why', query: PageQuery, reply: pageOf(PositionView) }, (ctx, { params, query }) => listPositions(ctx, params.id, query)),
  put('/entries/:id/position', { summary: 'Take a position, or another one with a reason', body: PositionInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => takePosition(ctx, params.id, body)),
  del('/entries/:id/position', { summary: 'Take it back', reply: EntryView, again: findEntry }, (ctx, { params }) => withdrawPosition(ctx, params.id)),
  post('/entries/:id/outcome', { summary: 'Tell the outcome, with its reason', body: OutcomeInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => conclude(ctx, params.id, body)),
  put('/entries/:id/review', { summary: 'Say that what was decided still holds, and when to look again', body: ReviewInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => review(ctx, params.id, body.next)),
  get('/entries/:id/arguments', { summary: 'What speaks for the options and against them, the weightiest first', query: Arguments, reply: pageOf(EntryView) }, (ctx, { params, query }) => listArguments(ctx, params.id, query)),
  post('/entries/:id/arguments', { summary: 'Speak for an option or against it', body: ArgumentInput, reply: EntryView, again: findEntry, status: 201 }, (ctx, { params, body }) => argue(ctx, params.id, body)),
  put('/entries/:id/weight', { summary: 'Find an argument weighty', reply: EntryView, again: findEntry }, (ctx, { params }) => weigh(ctx, params.id, true)),
  del('/entries/:id/weight', { summary: 'Find it weighty no longer', reply: EntryView, again: findEntry }, (ctx, { params }) => weigh(ctx, params.id, false)),
  put('/entries/:id/summary', { summary: 'Propose what all sides could say of the debate', body: SummaryInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => summarize(ctx, params.id, body.text)),
  put('/entries/:id/summary/acceptance', { summary: 'Say that it is fair to my side', body: AcceptInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => acceptSummary(ctx, params.id, true, body.at)),
  del('/entries/:id/summary/acceptance', { summary: 'Say that it is not', reply: EntryView, again: findEntry }, (ctx, { params }) => acceptSummary(ctx, params.id, false)),
]
