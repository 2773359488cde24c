import { z } from 'zod'
import { findEntry } from '../../core/entries/queries.ts'
import { EntryView } from '../../core/entries/schema.ts'
import { del, get, post, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { correct, reinstate, retract } from './commands.ts'
import { listCorrections } from './queries.ts'
import { noteReadings } from './readings.ts'
import { Correction, CorrectionInput, RetractionInput } from './schema.ts'

const ReadingsInput = z.object({ entries: z.array(z.uuid().toLowerCase()).min(1).max(100) })

export const routes = [
  post('/entries/:id/corrections', { summary: 'Say what was wrong in an entry, and what is right', body: CorrectionInput, reply: EntryView, again: findEntry, status: 201 }, (ctx, { params, body }) => correct(ctx, params.id, body)),
  get('/entries/:id/corrections', { summary: 'What was wrong in it, and what is right, the newest first', query: PageQuery, reply: pageOf(Correction) }, (ctx, { params, query }) => listCorrections(ctx, params.id, query)),
  put('/entries/:id/retraction', { summary: 'Take it back as a whole', body: RetractionInput, reply: EntryView, again: findEntry }, (ctx, { params, body }) => retract(ctx, params.id, body.reason)),
  del('/entries/:id/retraction', { summary: 'Say that it stands after all', reply: EntryView, again: findEntry }, (ctx, { params }) => reinstate(ctx, params.id)),
  post('/readings', { summary: 'Note what I had before my eyes, to hear of it when it is corrected; nobody can read this', body: ReadingsInput, status: 204, perMinute: 30 }, (ctx, { body }) => noteReadings(ctx, body.entries)),
]
