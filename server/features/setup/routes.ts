import { z } from 'zod'
import { findPerson } from '../../core/people/queries.ts'
import { SpaceView } from '../../core/spaces/schema.ts'
import { findSpace } from '../../core/spaces/queries.ts'
import { get, patch, post, put } from '../../kernel/http.ts'
import { languageOf } from '../../kernel/language.ts'
import { setUp } from './commands.ts'
import { firstSteps } from './first-steps.ts'
import { sendLogo } from './logo.ts'
import { addGeneral, changeNetwork, describeNetwork } from './network.ts'
import { Address, FirstSteps, NetworkChange, SetupInput } from './schema.ts'
import { echo, setAddress, tryMail } from './tries.ts'

export const routes = [
  get('/network', { summary: 'What this network is called', access: 'anyone' }, (ctx) => describeNetwork(ctx)),
  patch('/network', { summary: 'Change the name of the network, how it looks, and what newcomers meet', access: 'admin', body: NetworkChange, transaction: false },
    (ctx, { body }) => changeNetwork(ctx, body)),
  get('/network/logos/:id', { summary: 'The logo of the network', access: 'anyone' }, (ctx, { params, reply }) => sendLogo(ctx, params.id, reply)),
  post('/network/general', { summary: 'Open a space that everybody follows, where there is none', access: 'admin', reply: SpaceView, status: 201, again: findSpace },
    (ctx, { request }) => addGeneral(ctx, languageOf(request.headers['accept-language']))),
  get('/network/echo', { summary: 'Shows that it is this network which answers', access: 'anyone', query: z.object({ word: z.string().max(64) }), perMinute: 30 },
    async (ctx, { query }) => echo(ctx, query.word)),
  put('/network/address', { summary: 'Try the address that people use, and keep it', access: 'admin', body: z.object({ address: Address }), status: 204, transaction: false, perMinute: 6 },
    (ctx, { body }) => setAddress(ctx, body.address)),
  post('/network/test-letter', { summary: 'Send a letter to myself, to see whether mail works', access: 'admin', reply: z.object({ to: z.string() }), transaction: false, perMinute: 6 },
    (ctx, { request }) => tryMail(ctx, languageOf(request.headers['accept-language']))),
  get('/first-steps', { summary: 'What is still to be done where a network begins', access: 'admin', reply: FirstSteps }, (ctx) => firstSteps(ctx)),
  post('/setup', { summary: 'Begin a network with the one-time link', access: 'anyone', body: SetupInput, status: 201, perMinute: 20 },
    async (ctx, { body, request, reply }) => {
      const { id, cookie } = await setUp(ctx, body, request.headers)
      reply.header('set-cookie', cookie)
      return { person: await findPerson({ ...ctx, actor: { id, role: 'owner', session: null } }, id) }
    }),
]
