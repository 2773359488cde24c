import { get } from '../../kernel/http.ts'
import { spaceHealth } from './queries.ts'
import { HealthQuery, HealthView } from './schema.ts'

export const routes = [
  get('/spaces/:id/health', { summary: 'How a space is doing: dialogue or broadcast', query: HealthQuery, reply: HealthView },
    (ctx, { params, query }) => spaceHealth(ctx, params.id, query.weeks)),
]
