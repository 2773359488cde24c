import { SegmentedControl, Switch, type MantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { chooseLanguage, LANGUAGES, type Language } from '../../kernel/i18n.ts'
import { useCommand } from '../../kernel/query.ts'
import { changeMe } from '../../kernel/session.tsx'
import { setSingleKeys, singleKeys } from '../../kernel/shortcuts.ts'
import { useScheme } from '../../kernel/theme/use-scheme.ts'
import { Section } from '../../kernel/ui/Section.tsx'
import { SettingsPage } from './SettingsPage.tsx'

/** How this browser shows things; kept here, not on the server, but for the language, in which one also gets letters. */
export function DisplaySettings() {
  const { t, i18n } = useTranslation('settings')
  const { colorScheme, setColorScheme } = useScheme()
  const choose = useCommand<Language, unknown>({
    run: async (language) => {
      await chooseLanguage(language)
      return api.patch('/me', { language })
    },
    done: (_, language) => changeMe({ language }),
    failed: t('display.failed'),
  })
  return (
    <SettingsPage>
      <Section title={t('display.theme')} lead={t('display.lead')}>
        <SegmentedControl value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)} aria-label={t('display.theme')}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`people:theme.${value}`) }))} />
      </Section>
      <Section title={t('display.language')} lead={t('display.language_lead')}>
        <SegmentedControl value={i18n.language} onChange={(value) => choose.mutate(value as Language)} aria-label={t('display.language')}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
      </Section>
      <Section title={t('display.keys')} lead={t('display.keys_lead')}>
        <Switch checked={singleKeys.use()} onChange={(event) => setSingleKeys(event.currentTarget.checked)} label={t('display.keys_on')} />
      </Section>
    </SettingsPage>
  )
}
