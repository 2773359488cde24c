import { get, patch } from '../../kernel/http.ts'
import { chooseTies } from './commands.ts'
import { findTieChoices } from './queries.ts'
import { TieChoices } from './schema.ts'

export const routes = [
  get('/me/network', { summary: 'Whether one is part of the picture of the network', reply: TieChoices }, (ctx) => findTieChoices(ctx)),
  patch('/me/network', { summary: 'Leave the picture of the network, or come back', body: TieChoices.partial(), reply: TieChoices, perMinute: 10, again: findTieChoices }, (ctx, { body }) => chooseTies(ctx, body)),
]
