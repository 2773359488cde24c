import { get, post } from '../../kernel/http.ts'
import { pageOf } from '../../kernel/pages.ts'
import { confirm, refuse } from './commands.ts'
import { findAttribution, listAttributions } from './queries.ts'
import { AttributionView } from './schema.ts'

export const routes = [
  get('/attributions', { summary: 'What imports say that I wrote', reply: pageOf(AttributionView) }, (ctx) => listAttributions(ctx)),
  post('/attributions/:id/confirm', { summary: 'It is mine: let it stand under my name', reply: AttributionView, status: 200, again: findAttribution },
    (ctx, { params }) => confirm(ctx, params.id)),
  post('/attributions/:id/refuse', { summary: 'It is not mine', reply: AttributionView, status: 200, again: findAttribution }, (ctx, { params }) => refuse(ctx, params.id)),
]
