import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api.ts'
import { useLiveState } from '../live.ts'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import { PlainButton } from './PlainButton.tsx'

/** What stands in place of a page that threw while it was drawn, or could not be fetched. */
export function Crash({ error }: ErrorComponentProps) {
  const { t } = useTranslation('kernel')
  if (error instanceof ApiError) return <Unreached error={error} />
  return (
    <div role="alert">
      <EmptyState title={t('crash.title')} action={<PlainButton onClick={() => location.reload()}>{t('crash.reload')}</PlainButton>}>{t('crash.text')}</EmptyState>
    </div>
  )
}

function Unreached({ error }: { error: ApiError }) {
  const router = useRouter()
  const isOffline = useLiveState() !== 'open'
  const wasOffline = useRef(isOffline)
  useEffect(() => {
    if (wasOffline.current && !isOffline) void router.invalidate()
    wasOffline.current = isOffline
  }, [isOffline, router])
  return <ErrorState error={error} retry={() => void router.invalidate()} />
}
