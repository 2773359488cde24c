import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState.tsx'
import { PlainButton } from './PlainButton.tsx'

/** What stands in place of a page that threw while it was drawn. */
export function Crash() {
  const { t } = useTranslation('kernel')
  return (
    <div role="alert">
      <EmptyState title={t('crash.title')} action={<PlainButton onClick={() => location.reload()}>{t('crash.reload')}</PlainButton>}>{t('crash.text')}</EmptyState>
    </div>
  )
}
