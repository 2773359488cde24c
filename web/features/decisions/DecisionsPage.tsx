import { useTranslation } from 'react-i18next'
import { Page } from '../../kernel/ui/Page.tsx'
import { Register } from './Register.tsx'

/** The register of the network: all decisions that one may read. */
export function DecisionsPage() {
  const { t } = useTranslation('deciding')
  return <Page title={t('all_decisions')}><Register space={null} /></Page>
}
