import { IconChecks, IconLayoutGrid } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { LinkButton } from '../../kernel/ui/LinkButton.tsx'

/** Nothing to show: because all is read, or because one follows nothing yet. */
export function HomeEmpty({ tab }: { tab: 'latest' | 'unread' }) {
  const { t } = useTranslation('home')
  if (tab === 'unread') return <EmptyState Icon={IconChecks} title={t('caught_up')}>{t('caught_up_all')}</EmptyState>
  return (
    <EmptyState Icon={IconLayoutGrid} title={t('empty')} action={<LinkButton to={paths.spaces}>{t('find_spaces')}</LinkButton>}>
      {t('empty_hint')}
    </EmptyState>
  )
}
