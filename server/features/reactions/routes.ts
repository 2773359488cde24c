import { z } from 'zod'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { del, get, put } from '../../kernel/http.ts'
import { PageQuery } from '../../kernel/pages.ts'
import { react, unreact } from './commands.ts'
import { listReactions } from './queries.ts'
import { Emoji } from './schema.ts'

// Whether it is an emoji the command says, with a reason.
const GivenEmoji = { emoji: z.string() }
const ListQuery = PageQuery.extend({ emoji: Emoji.optional() })

export const routes = [
  put('/entries/:id/reactions/:emoji', { summary: 'React', params: GivenEmoji, reply: EntryView, again: findEntry }, (ctx, { params }) => react(ctx, params.id, params.emoji)),
  del('/entries/:id/reactions/:emoji', { summary: 'Take a reaction back', params: GivenEmoji, reply: EntryView, again: findEntry }, (ctx, { params }) => unreact(ctx, params.id, params.emoji)),
  get('/entries/:id/reactions', { summary: 'Who reacted', query: ListQuery }, (ctx, { params, query }) => listReactions(ctx, params.id, query)),
]
