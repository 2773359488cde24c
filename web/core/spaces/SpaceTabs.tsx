import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Space } from '../../kernel/types.ts'
import { TabLinks } from '../../kernel/ui/TabLinks.tsx'

/** What there is about a space beside what is said in it: its people, and how it is doing. */
export function SpaceTabs({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  if (space.kind !== 'community' || !space.my.may_read) return null
  return <TabLinks label={t('about')} tabs={[{ to: paths.members(space.id), text: t('members') }, { to: paths.health(space.id), text: t('health') }]} />
}
