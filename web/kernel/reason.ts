import type { TFunction } from 'i18next'
import { ApiError } from './api.ts'

/** Why something failed, in the reader's language when the code is known, else as the server said it. */
export function reasonOf(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('kernel:problem.unknown')
  if (error.status === 429) return t('kernel:problem.too_many_requests', { seconds: error.retryAfter ?? 60 })
  return t([`kernel:problem.${error.code}`, 'kernel:problem.said'], { detail: error.detail || error.code })
}
