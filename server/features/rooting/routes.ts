import { inSnapshot } from '../../kernel/context.ts'
import { get } from '../../kernel/http.ts'
import { rooting } from './queries.ts'
import { RootingQuery, RootingView } from './schema.ts'

export const routes = [
  get('/network/rooting', { summary: 'How the network takes root: who takes part, what is answered', query: RootingQuery, reply: RootingView, cost: 100 },
    ({ host, actor }, { query }) => inSnapshot(host, actor, (ctx) => rooting(ctx, query.weeks))),
]
