import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { AttributionItem } from './AttributionItem.tsx'
import { useAttributions } from './attributions.ts'

/** What imports say that I wrote: nothing of it stands under my name before I say that it is mine. */
export function AttributionsPage() {
  const { t } = useTranslation('attributions')
  const { data, error, refetch } = useAttributions()
  return (
    <Page title={t('title')}>
      {!data && !error && <RowSkeletons count={2} />}
      {error && !data && <ErrorState error={error} retry={refetch} />}
      {data?.items.length === 0 && <EmptyState Icon={IconFileImport} title={t('empty')}>{t('empty_hint')}</EmptyState>}
      {data?.items.map((item) => <AttributionItem key={item.id} item={item} />)}
    </Page>
  )
}
