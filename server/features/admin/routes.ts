import { invalid } from '../../kernel/errors.ts'
import { get, post } from '../../kernel/http.ts'
import { listFailures, retryFailure } from '../../kernel/jobs.ts'

export const routes = [
  get('/effects/failures', { summary: 'Work that failed for good', access: 'admin' }, async (ctx) => ({ items: await listFailures(ctx.db), next: null })),
  post('/effects/failures/:failure/retry', { summary: 'Try it again', access: 'admin', status: 204 }, async (ctx, { params }) => {
    if (!/^\d{1,18}$/.test(params.failure)) throw invalid('bad_id', 'This is not the id of a failure.')
    await retryFailure(ctx.db, params.failure)
  }),
]
