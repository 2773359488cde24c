import { z } from 'zod'
import { factsOfKinds } from '../../core/entries/kinds.ts'
import { shapesOfStanding } from '../../core/entries/parts.ts'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { PersonCard } from '../../core/people/schema.ts'
import { del, get, put } from '../../kernel/http.ts'
import { hidePreview, setSpacePreviews } from './commands.ts'
import { linkedEntries, sendLinkPicture, spacePreviews } from './queries.ts'
import { readersAmong } from './readers.ts'
import { SpacePreviews, SpacePreviewsInput } from './schema.ts'

const Ids = z.object({ ids: z.string().max(2000).transform((text) => [...new Set(text.toLowerCase().split(','))]).pipe(z.array(z.uuid()).min(1).max(50)) })
// Made when it is first asked for: by then all features have said what their kinds have.
const LinkedEntry = z.lazy(() => z.object({
  id: z.uuid(), root: z.uuid().nullable(), kind: z.string(), by: PersonCard, title: z.string(), excerpt: z.string(), created_at: z.string(), files: z.number(),
  space: z.object({ id: z.uuid(), name: z.string(), kind: z.string() }), ...shapesOfStanding(), ...factsOfKinds(),
}))

export const routes = [
  get('/linked-entries', { summary: 'What links lead to: of the entries with these ids, separated by commas, those that I may read', query: Ids, reply: z.object({ items: z.array(LinkedEntry) }) },
    (ctx, { query }) => linkedEntries(ctx, query.ids)),
  get('/entries/:id/readers', { summary: 'How many of those who read a space can read this', query: z.object({ space: z.uuid().toLowerCase() }), reply: z.object({ people: z.number(), readers: z.number() }) },
    (ctx, { params, query }) => readersAmong(ctx, params.id, query.space)),
  get('/entries/:id/link-pictures/:picture', { summary: "The picture of a link's preview" }, (ctx, { params, request, reply }) => sendLinkPicture(ctx, params.id, params.picture, { request, reply })),
  del('/entries/:id/previews/:preview', { summary: 'Take the preview of a link away', reply: EntryView, again: findEntry }, (ctx, { params }) => hidePreview(ctx, params.id, params.preview, true)),
  put('/entries/:id/previews/:preview', { summary: 'Bring it back', reply: EntryView, again: findEntry }, (ctx, { params }) => hidePreview(ctx, params.id, params.preview, false)),
  get('/spaces/:id/link-previews', { summary: 'Whether links in a space are looked up', reply: SpacePreviews }, (ctx, { params }) => spacePreviews(ctx, params.id)),
  put('/spaces/:id/link-previews', { summary: 'Say whether links in a space are looked up', body: SpacePreviewsInput, reply: SpacePreviews, again: (ctx, _, { id }) => spacePreviews(ctx, id) },
    (ctx, { params, body }) => setSpacePreviews(ctx, params.id, body.on)),
]
