import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { TabLinks } from '../../kernel/ui/TabLinks.tsx'

/** Everybody, and those one talks with. */
export function PeopleTabs() {
  const { t } = useTranslation('people')
  return <TabLinks label={t('title')} tabs={[{ to: paths.people, text: t('everyone') }, { to: paths.communities, text: t('communities') }, { to: paths.meet, text: t('meet') }]} />
}
