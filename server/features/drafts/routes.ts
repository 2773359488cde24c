import type { Ctx } from '../../kernel/context.ts'
import { del, get, put } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { discardBeside, discardDraft, saveDraft } from './commands.ts'
import { findDraft, findState, listDrafts } from './queries.ts'
import { DiscardQuery, DraftInput, DraftState, DraftView } from './schema.ts'

const again = (ctx: Ctx, _: string, { place }: { place: string }) => findState(ctx, place)

export const routes = [
  get('/drafts', { summary: 'What I have begun and not sent, the newest first', query: PageQuery, reply: pageOf(DraftView) },
    (ctx, { query }) => listDrafts(ctx, query)),
  get('/drafts/:place', { summary: 'What I have begun in a space, in a thread (by its head), or nowhere yet (by my own id)', reply: DraftView },
    (ctx, { params }) => findDraft(ctx, params.place)),
  put('/drafts/:place', { summary: 'Keep a draft; `version` is the one it goes on from, or 0', body: DraftInput, reply: DraftState, perMinute: 120, again },
    (ctx, { params, body }) => saveDraft(ctx, params.place, body)),
  del('/drafts/:place', { summary: 'Remove a draft that was sent or emptied', query: DiscardQuery, status: 204 },
    (ctx, { params, query }) => discardDraft(ctx, params.place, query.version)),
  del('/drafts/:place/beside', { summary: 'Forget what another device had saved and this draft does not have', reply: DraftState, again },
    (ctx, { params }) => discardBeside(ctx, params.place)),
]
