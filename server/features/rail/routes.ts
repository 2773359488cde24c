import { get, patch } from '../../kernel/http.ts'
import { arrangeRail } from './commands.ts'
import { findRail } from './queries.ts'
import { Rail, RailChange } from './schema.ts'

export const routes = [
  get('/me/rail', { summary: 'How I have my rail: favourites, order, what is unread first', reply: Rail }, findRail),
  patch('/me/rail', { summary: 'Arrange my rail', body: RailChange, reply: Rail, again: findRail }, (ctx, { body }) => arrangeRail(ctx, body)),
]
