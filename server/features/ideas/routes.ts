import { z } from 'zod'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { PersonCard } from '../../core/people/schema.ts'
import { del, get, post, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { judge, merge, move, offer, support, take, unmerge, unsupport, withdrawOffer } from './commands.ts'
import { MergeInput, OfferInput, StepInput, VerdictInput } from './input.ts'
import { STAGES } from './policy.ts'
import { findVoices, listIdeas, listSteps, listSupporters } from './queries.ts'

const ListQuery = PageQuery.extend({ stage: z.enum([...STAGES, 'merged']).optional(), order: z.enum(['support', 'age']).default('support'), q: z.string().max(200).optional() })
const Voices = z.object({ left: z.number(), of: z.number() })
const again = { reply: EntryView, again: findEntry }

export const routes = [
  get('/spaces/:id/ideas', { summary: 'What is proposed in a space, by voices or age', query: ListQuery, reply: pageOf(EntryView) }, (ctx, { params, query }) => listIdeas(ctx, params.id, query)),
  get('/spaces/:id/voices', { summary: 'How many ideas of a space I can still support', reply: Voices }, (ctx, { params }) => findVoices(ctx, params.id)),
  put('/entries/:id/support', { summary: 'Support an idea; everybody who reads the space can see that', ...again }, (ctx, { params }) => support(ctx, params.id)),
  del('/entries/:id/support', { summary: 'Take that back', ...again }, (ctx, { params }) => unsupport(ctx, params.id)),
  get('/entries/:id/supporters', { summary: 'Who supports an idea', query: PageQuery, reply: pageOf(PersonCard) }, (ctx, { params, query }) => listSupporters(ctx, params.id, query)),
  post('/entries/:id/stage', { summary: 'Take an idea to another stage, with a reason', body: StepInput, ...again }, (ctx, { params, body }) => move(ctx, params.id, body)),
  get('/entries/:id/steps', { summary: 'The steps that an idea took', query: PageQuery, reply: pageOf(EntryView) }, (ctx, { params, query }) => listSteps(ctx, params.id, query)),
  put('/entries/:id/merged_into', { summary: 'Merge an idea into another one of its space', body: MergeInput, ...again }, (ctx, { params, body }) => merge(ctx, params.id, body.into)),
  del('/entries/:id/merged_into', { summary: 'Take that apart again, for a day', ...again }, (ctx, { params }) => unmerge(ctx, params.id)),
  put('/entries/:id/offer', { summary: 'Ask somebody to carry an idea on', body: OfferInput, ...again }, (ctx, { params, body }) => offer(ctx, params.id, body.person)),
  del('/entries/:id/offer', { summary: 'Take that back, or say no', ...again }, (ctx, { params }) => withdrawOffer(ctx, params.id)),
  put('/entries/:id/owner', { summary: 'Carry on an idea that was offered to me', ...again }, (ctx, { params }) => take(ctx, params.id)),
  put('/entries/:id/verdict', { summary: 'Say whether an idea worked', body: VerdictInput, ...again }, (ctx, { params, body }) => judge(ctx, params.id, body)),
]
