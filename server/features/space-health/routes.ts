import { inSnapshot } from '../../kernel/context.ts'
import { get } from '../../kernel/http.ts'
import { spacesAlike } from './alike.ts'
import { spaceHealth } from './queries.ts'
import { Alikes, HealthQuery, HealthView } from './schema.ts'

export const routes = [
  get('/spaces/:id/health', { summary: 'How a space is doing: dialogue or broadcast', query: HealthQuery, reply: HealthView, cost: 100 },
    ({ host, actor }, { params, query }) => inSnapshot(host, actor, (ctx) => spaceHealth(ctx, params.id, query.weeks))),
  get('/spaces/:id/alike', { summary: 'Other spaces that the same people are in', reply: Alikes, cost: 20 }, (ctx, { params }) => spacesAlike(ctx, params.id)),
]
