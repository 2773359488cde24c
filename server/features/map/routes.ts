import { inSnapshot } from '../../kernel/context.ts'
import { get, post } from '../../kernel/http.ts'
import { STREAMED } from '../../kernel/serve.ts'
import { declineAlike, undoDeclineAlike } from './commands.ts'
import { toGexf, toGraphml } from './export.ts'
import { findMap, findParts, findWholeMap } from './queries.ts'
import { DeclineInput, ExportQuery, MapQuery, NetworkMap, RegionParts } from './schema.ts'

export const routes = [
  get('/network/map', { summary: 'The map of the network: groups of eight people or more, and what ties them', query: MapQuery, reply: NetworkMap },
    ({ host, actor }, { query }) => inSnapshot(host, actor, (ctx) => findMap(ctx, query.by))),
  get('/network/map/regions/:id', { summary: 'What a region of the map consists of', reply: RegionParts },
    ({ host, actor }, { params }) => inSnapshot(host, actor, (ctx) => findParts(ctx, params.id))),
  get('/network/map/export', { summary: 'The map as a file for Gephi (GEXF) and other programs (GraphML)', query: ExportQuery, cost: 20 }, async ({ host, actor }, { query, reply }) => {
    const whole = await inSnapshot(host, actor, (ctx) => findWholeMap(ctx, query.by))
    reply.header('content-disposition', `attachment; filename="network-${query.by}.${query.format}"`).type('application/xml; charset=utf-8')
      .send(query.format === 'gexf' ? toGexf(whole) : toGraphml(whole))
    return STREAMED
  }),
  post('/network/map/decline', { summary: 'Do not tell me again that these two groups might have something to say to each other', body: DeclineInput, status: 204 },
    (ctx, { body }) => declineAlike(ctx, body)),
  post('/network/map/undecline', { summary: 'Take that back', body: DeclineInput, status: 204 }, (ctx, { body }) => undoDeclineAlike(ctx, body)),
]
