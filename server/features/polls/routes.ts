import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { inTransaction } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { get, post } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { castBallot, giveBallot, vote } from './commands.ts'
import { findPoll, listVotes } from './queries.ts'
import { BallotInput, BallotRequest, BallotView, PollView, PutIn, VoteInput, VoteView } from './shapes.ts'

export const routes = [
  get('/entries/:id/poll', { summary: 'What I have to do with a poll', reply: PollView }, (ctx, { params }) => findPoll(ctx, params.id)),
  get('/entries/:id/votes', { summary: 'Who chose what, where that is told', query: PageQuery, reply: pageOf(VoteView) }, (ctx, { params, query }) => listVotes(ctx, params.id, query)),
  post('/entries/:id/votes', { summary: 'Vote by name, or otherwise than before', body: VoteInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => vote(ctx, params.id, body.chosen)),
  // Nothing is noted of a key: whoever repeats it with the same token is given the same.
  post('/entries/:id/ballots', { summary: 'Get my ballot for an anonymous poll: a blind signature', body: BallotRequest, reply: BallotView, transaction: false },
    ({ host, actor }, { params, body }) => inTransaction(host, actor, (ctx) => giveBallot(ctx, params.id, body.blinded))),
  post('/polls/:id/box', { summary: 'Put an anonymous vote in, without a cookie or a key', access: 'anyone', body: BallotInput, reply: PutIn }, (ctx, { params, body, request: { headers } }) => {
    // Also one that holds no longer: whoever sends it has made a mistake that would tell who they are.
    if (headers.cookie || headers.authorization) throw invalid('known_voter', 'Send this without a cookie and without a key: else it would be known who votes.')
    return castBallot(ctx, params.id, body)
  }),
]
