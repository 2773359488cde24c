import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { EmptyState } from './EmptyState.tsx'
import { Page } from './Page.tsx'

/** A missing thing and one that may not be read look the same. */
export function NotFoundMessage() {
  const { t } = useTranslation('kernel')
  return (
    <EmptyState title={t('not_found.title')} action={<Link className="link" to={paths.home}>{t('not_found.home')}</Link>}>
      {t('not_found.text')}
    </EmptyState>
  )
}

export function NotFound() {
  const { t } = useTranslation('kernel')
  return <Page title={t('not_found.title')}><NotFoundMessage /></Page>
}
