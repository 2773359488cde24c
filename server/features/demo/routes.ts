import { del, get, post } from '../../kernel/http.ts'
import { fillDemo, removeDemo } from './commands.ts'
import { describeDemo } from './queries.ts'
import { lookAs } from './looks.ts'
import { DemoState, FillInput, LookInput, RemoveQuery } from './schema.ts'

export const routes = [
  get('/demo', { summary: 'Whether the sample company is here', access: 'admin', reply: DemoState }, (ctx) => describeDemo(ctx)),
  post('/demo', { summary: 'Fill the network with the sample company', access: 'admin', body: FillInput, reply: DemoState, perMinute: 10,
    grants: ({ password }) => password !== undefined, again: describeDemo },
    (ctx, { body }) => fillDemo(ctx, body)),
  post('/demo/look', { summary: 'Look at the network as one of three people of the sample company', access: 'admin', body: LookInput, status: 204, perMinute: 30 },
    async (ctx, { body, request, reply }) => void reply.header('set-cookie', await lookAs(ctx, body.person, request.headers))),
  del('/demo', { summary: 'Remove the sample company again', access: 'admin', query: RemoveQuery, reply: DemoState, perMinute: 10, again: describeDemo },
    (ctx, { query }) => removeDemo(ctx, query)),
]
