import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api.ts'
import { reasonOf } from '../reason.ts'
import { EmptyState } from './EmptyState.tsx'
import { NotFoundMessage } from './NotFound.tsx'

/** Something could not be fetched: why, and how to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  if (error instanceof ApiError && error.status === 404) return <NotFoundMessage />
  return (
    <div role="alert">
      <EmptyState title={t('kernel:problem.title')} action={retry && <Button variant="default" onClick={retry}>{t('kernel:retry')}</Button>}>
        {reasonOf(t, error)}
      </EmptyState>
    </div>
  )
}
