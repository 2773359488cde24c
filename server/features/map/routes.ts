import { get } from '../../kernel/http.ts'
import { STREAMED } from '../../kernel/serve.ts'
import { toGexf, toGraphml } from './export.ts'
import { findMap, findParts, findWholeMap } from './queries.ts'
import { ExportQuery, MapQuery, NetworkMap, RegionParts } from './schema.ts'

export const routes = [
  get('/network/map', { summary: 'The map of the network: groups of eight people or more, and what ties them', query: MapQuery, reply: NetworkMap },
    (ctx, { query }) => findMap(ctx, query.by)),
  get('/network/map/regions/:id', { summary: 'What a region of the map consists of', reply: RegionParts }, (ctx, { params }) => findParts(ctx, params.id)),
  get('/network/map/export', { summary: 'The map as a file for Gephi (GEXF) and other programs (GraphML)', query: ExportQuery, cost: 20 }, async (ctx, { query, reply }) => {
    const whole = await findWholeMap(ctx, query.by)
    reply.header('content-disposition', `attachment; filename="network-${query.by}.${query.format}"`).type('application/xml; charset=utf-8')
      .send(query.format === 'gexf' ? toGexf(whole) : toGraphml(whole))
    return STREAMED
  }),
]
