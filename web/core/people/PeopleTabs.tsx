import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import { TabLinks } from '../../kernel/ui/TabLinks.tsx'

/** Everybody, those one talks with, and what all of them together are and make of the network; for guests only whom they might meet. */
export function PeopleTabs() {
  const { t } = useTranslation('people')
  const me = useMe()
  const tabs = [{ to: paths.people, text: t('everyone') }, { to: paths.meet, text: t('meet') }]
  if (me.role !== 'guest') tabs.splice(1, 0, { to: paths.communities, text: t('communities') })
  if (me.role !== 'guest') tabs.push({ to: paths.map, text: t('map') }, { to: paths.rooting, text: t('rooting') })
  return <TabLinks label={t('title')} tabs={tabs} />
}
