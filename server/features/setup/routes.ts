import { z } from 'zod'
import { findPerson } from '../../core/people/queries.ts'
import { get, patch, post } from '../../kernel/http.ts'
import { describeNetwork, nameNetwork, setUp } from './commands.ts'
import { NetworkName, SetupInput } from './schema.ts'

export const routes = [
  get('/network', { summary: 'What this network is called', access: 'anyone' }, (ctx) => describeNetwork(ctx)),
  patch('/network', { summary: 'Rename the network', access: 'admin', body: z.object({ name: NetworkName }), again: describeNetwork }, async (ctx, { body }) => {
    await nameNetwork(ctx, body.name)
    return describeNetwork(ctx)
  }),
  post('/setup', { summary: 'Begin a network with the one-time link', access: 'anyone', body: SetupInput, status: 201, perMinute: 20 },
    async (ctx, { body, request, reply }) => {
      const { id, cookie } = await setUp(ctx, body, request.headers)
      reply.header('set-cookie', cookie)
      return { person: await findPerson({ ...ctx, actor: { id, role: 'owner', session: null } }, id) }
    }),
]
