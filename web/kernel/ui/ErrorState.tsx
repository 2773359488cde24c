import { useTranslation } from 'react-i18next'
import { ApiError } from '../api.ts'
import { reasonOf } from '../reason.ts'
import { EmptyState } from './EmptyState.tsx'
import { NotFoundMessage } from './NotFound.tsx'
import { PlainButton } from './PlainButton.tsx'

/** Something could not be fetched: why, and how to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  if (error instanceof ApiError && error.status === 404) return <NotFoundMessage />
  return (
    <div role="alert">
      <EmptyState title={t('kernel:problem.title')} action={retry && <PlainButton onClick={retry}>{t('kernel:retry')}</PlainButton>}>
        {reasonOf(t, error)}
      </EmptyState>
    </div>
  )
}
