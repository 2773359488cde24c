import { post } from '../../kernel/http.ts'
import { RateLimit } from '../../kernel/rate-limit.ts'
import { findingsIn } from './policy.ts'
import { Reports } from './schema.ts'

const LINES_PER_MINUTE = 60

// Everybody may report, so what all of them together write into the log is bounded as well.
const lines = new RateLimit(LINES_PER_MINUTE)

export const routes = [
  post('/policy-reports', { summary: 'What the policy of the page refused; browsers send it by themselves', access: 'anyone', transaction: false, status: 204, perMinute: 30, largest: 65_536, body: Reports },
    async ({ host }, { body }) => {
      for (const finding of findingsIn(body)) if (lines.tryTake('everybody')) host.log.warn(finding, 'the policy of the page refused something')
    }),
]
