import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isAdmin } from './policy.ts'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import { NotFoundMessage } from '../../kernel/ui/NotFound.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { TabLinks } from '../../kernel/ui/TabLinks.tsx'

const PARTS = ['people', 'invitations', 'import', 'demo', 'mailbox', 'failures', 'emoji', 'network']

/** The frame of everything administrators look after. */
export function AdminPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation('admin')
  const me = useMe()
  if (!isAdmin(me)) return <Page title={t('title')}><NotFoundMessage /></Page>
  const tabs = PARTS.map((part) => ({ to: paths.admin(part), text: t(`part.${part}`) }))
  return <Page title={t('title')} below={<TabLinks label={t('title')} tabs={tabs} />}>{children}</Page>
}
