import { get, post } from '../../kernel/http.ts'
import { PageQuery, pageOf } from '../../kernel/pages.ts'
import { findImport, listImports } from './queries.ts'
import { ImportQuery, ImportView } from './schema.ts'
import { importKept, receiveArchive } from './uploads.ts'

export const routes = [
  post(
    '/imports',
    {
      summary: 'Import an archive, a Slack export or a Stack Exchange dump: form field `file`; what it is, its files say',
      access: 'admin',
      query: ImportQuery,
      reply: ImportView,
      status: 202,
      streams: true,
      transaction: false,
      perMinute: 20,
    },
    (ctx, { request, query }) => receiveArchive(ctx, request, query),
  ),
  post(
    '/imports/:id/begin',
    { summary: 'Import the archive that I had looked into (a dry run keeps it for a day)', access: 'admin', reply: ImportView, status: 202, again: findImport },
    (ctx, { params }) => importKept(ctx, params.id),
  ),
  get('/imports', { summary: 'The imports, the newest first', access: 'admin', query: PageQuery, reply: pageOf(ImportView) }, (ctx, { query }) =>
    listImports(ctx, query),
  ),
  get(
    '/imports/:id',
    { summary: 'How far an import is, and its report', access: 'admin', reply: ImportView },
    (ctx, { params }) => findImport(ctx, params.id),
  ),
]
