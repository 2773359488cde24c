import { get, post } from '../../kernel/http.ts'
import { PageQuery } from '../../kernel/pages.ts'
import { answerIntroduction, askForIntroduction, declineSuggestion, findAnswered, undoDecline } from './commands.ts'
import { listIntroductions, suggest } from './queries.ts'
import { Answered, DeclineInput, IntroductionInput, Introductions, Suggestions } from './schema.ts'

export const routes = [
  get('/suggestions', { summary: 'People to meet and spaces to join, with reasons', reply: Suggestions }, (ctx) => suggest(ctx)),
  post('/suggestions/decline', { summary: 'Do not suggest this any more', body: DeclineInput, status: 204 }, (ctx, { body }) => declineSuggestion(ctx, body)),
  post('/suggestions/undecline', { summary: 'Take that back', body: DeclineInput, status: 204 }, (ctx, { body }) => undoDecline(ctx, body)),
  get('/introductions', { summary: 'Introductions that wait for one’s answer', query: PageQuery, reply: Introductions }, (ctx, { query }) => listIntroductions(ctx, query)),
  post('/introductions', { summary: 'Ask an acquaintance to introduce one to somebody', body: IntroductionInput, status: 204 }, (ctx, { body }) => askForIntroduction(ctx, body)),
  post('/introductions/:id/accept', { summary: 'Say yes to an introduction', reply: Answered, again: (ctx, _, { id }) => findAnswered(ctx, id, true) }, (ctx, { params }) => answerIntroduction(ctx, params.id, true)),
  post('/introductions/:id/decline', { summary: 'Say no; nobody is told', reply: Answered, again: (ctx, _, { id }) => findAnswered(ctx, id, false) }, (ctx, { params }) => answerIntroduction(ctx, params.id, false)),
]
