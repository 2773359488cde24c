import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { LinkButton } from '../../kernel/ui/LinkButton.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { useAttributions } from './attributions.ts'

/** Above the inbox, as long as words wait that I am said to have written. */
export function InboxNotice() {
  const { t } = useTranslation('inbox')
  const { data } = useAttributions()
  const waiting = data?.items.filter(({ state }) => state === 'waiting') ?? []
  if (!waiting.length) return null
  return (
    <ListRow Icon={IconFileImport} title={t('imported.title')} text={t('imported.text')}
      aside={<LinkButton to={paths.imported}>{t('imported.look')}</LinkButton>} />
  )
}
