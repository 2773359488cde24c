import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { Page } from '../../kernel/ui/Page.tsx'
import { TabLinks } from '../../kernel/ui/TabLinks.tsx'

const PARTS = ['profile', 'security', 'tokens', 'display', 'network']

/** The frame of all settings. */
export function SettingsPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation('settings')
  const tabs = PARTS.map((part) => ({ to: paths.settings(part), text: t(`part.${part}`) }))
  return <Page title={t('title')} below={<TabLinks label={t('title')} tabs={tabs} />}>{children}</Page>
}
