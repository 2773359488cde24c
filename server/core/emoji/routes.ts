import { del, get, post } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { addAlias, addEmoji, removeAlias, removeEmoji } from './commands.ts'
import { findEmoji, listEmoji, sendEmoji } from './queries.ts'
import { AliasInput, EmojiInput, EmojiName, EmojiView } from './schema.ts'

export const routes = [
  get('/emoji', { summary: "This network's own emoji, by name", query: PageQuery, reply: pageOf(EmojiView) }, (ctx, { query }) => listEmoji(ctx, query)),
  get('/emoji/:id/picture', { summary: 'The picture of an emoji' }, (ctx, { params, reply }) => sendEmoji(ctx, params.id, reply)),
  post('/emoji', { summary: 'Add an emoji: a name, and a PNG, GIF or WebP picture in base64', body: EmojiInput, reply: EmojiView, status: 201, transaction: false, perMinute: 30 }, (ctx, { body }) => addEmoji(ctx, body)),
  post('/emoji/:id/aliases', { summary: 'Give an emoji a further name', body: AliasInput, reply: EmojiView, again: findEmoji }, (ctx, { params, body }) => addAlias(ctx, params.id, body.name)),
  del('/emoji/:id/aliases/:name', { summary: 'Take a further name away', params: { name: EmojiName as never }, reply: EmojiView, again: findEmoji }, (ctx, { params }) => removeAlias(ctx, params.id, params.name)),
  del('/emoji/:id', { summary: 'Remove an emoji; where it was used its name stays', status: 204 }, (ctx, { params }) => removeEmoji(ctx, params.id)),
]
