import { SegmentedControl, Switch, type MantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, type Language } from '../../kernel/i18n.ts'
import { setSingleKeys, singleKeys } from '../../kernel/shortcuts.ts'
import { useScheme } from '../../kernel/theme/use-scheme.ts'
import { Section } from '../../kernel/ui/Section.tsx'
import { SettingsPage } from './SettingsPage.tsx'

/** How this browser shows things; kept here, not on the server. */
export function DisplaySettings() {
  const { t, i18n } = useTranslation('settings')
  const { colorScheme, setColorScheme } = useScheme()
  return (
    <SettingsPage>
      <Section title={t('display.theme')} lead={t('display.lead')}>
        <SegmentedControl value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)} aria-label={t('display.theme')}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`people:theme.${value}`) }))} />
      </Section>
      <Section title={t('display.language')}>
        <SegmentedControl value={i18n.language} onChange={(value) => chooseLanguage(value as Language)} aria-label={t('display.language')}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
      </Section>
      <Section title={t('display.keys')} lead={t('display.keys_lead')}>
        <Switch checked={singleKeys.use()} onChange={(event) => setSingleKeys(event.currentTarget.checked)} label={t('display.keys_on')} />
      </Section>
    </SettingsPage>
  )
}
