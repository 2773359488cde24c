import type { TFunction } from 'i18next'
import { ApiError } from './api.ts'

/** Not there, or not for me: what was fetched before must not be shown any longer. */
export const isGone = (error: unknown) => error instanceof ApiError && (error.status === 404 || error.status === 403)

/** The heading of a page that could not be fetched: it does not exist, or it does not come. */
export const failureTitle = (t: TFunction, error: unknown): string => t(isGone(error) ? 'kernel:not_found.title' : 'kernel:problem.title')

/** Why something failed, in the reader's language when the code is known, else as the server said it. */
export function reasonOf(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('kernel:problem.unknown')
  if (error.status === 429) return t('kernel:problem.too_many_requests', { seconds: error.retryAfter ?? 60 })
  return t([`problems:${error.code}`, `kernel:problem.${error.code}`, 'kernel:problem.said'], { detail: error.detail || error.code })
}
