import { del, get, post } from '../../kernel/http.ts'
import { fillDemo, removeDemo } from './commands.ts'
import { describeDemo } from './queries.ts'
import { DemoState, FillInput, RemoveQuery } from './schema.ts'

export const routes = [
  get('/demo', { summary: 'Whether the sample company is here', access: 'admin', reply: DemoState }, (ctx) => describeDemo(ctx)),
  post('/demo', { summary: 'Fill the network with the sample company', access: 'admin', body: FillInput, reply: DemoState, perMinute: 10,
    grants: ({ password }) => password !== undefined, again: describeDemo },
    (ctx, { body }) => fillDemo(ctx, body)),
  del('/demo', { summary: 'Remove the sample company again', access: 'admin', query: RemoveQuery, reply: DemoState, perMinute: 10, again: describeDemo },
    (ctx, { query }) => removeDemo(ctx, query)),
]
