import { z } from 'zod'
import { invalid } from '../../kernel/errors.ts'
import { get, post } from '../../kernel/http.ts'
import { PageQuery } from '../../kernel/pages.ts'
import { listFailures, retryFailure } from '../../kernel/jobs.ts'

export const routes = [
  get('/effects/failures', { summary: 'Work that failed for good', access: 'admin', query: PageQuery }, (ctx, { query }) => listFailures(ctx, query)),
  post('/effects/failures/:failure/retry', { summary: 'Try it again', access: 'admin', status: 204, params: { failure: z.string() } }, async (ctx, { params }) => {
    if (!/^\d{1,18}$/.test(params.failure)) throw invalid('bad_id', 'This is not the id of a failure.')
    await retryFailure(ctx.db, params.failure)
  }),
]
