import { SegmentedControl, Stack, Switch, type MantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { enterSends, setEnter, setUndoing, undoing } from '../../core/entries/writing-habits.ts'
import { useRail } from '../../core/spaces/rail.ts'
import { arrangeRail } from '../../core/spaces/rail-commands.ts'
import { api } from '../../kernel/api.ts'
import { chooseLanguage, LANGUAGES, type Language } from '../../kernel/i18n.ts'
import { useCommand } from '../../kernel/query.ts'
import { changeMe, useMe } from '../../kernel/session.tsx'
import { setSingleKeys, singleKeys } from '../../kernel/shortcuts.ts'
import type { Me } from '../../kernel/types.ts'
import { useScheme } from '../../kernel/theme/use-scheme.ts'
import { Section } from '../../kernel/ui/Section.tsx'
import { SettingsPage } from './SettingsPage.tsx'

/** What others see of oneself beside what one writes: on all devices. */
function Shown() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const change = useCommand<Partial<Pick<Me, 'shows_presence' | 'shows_writing'>>, unknown>({
    run: (choice) => api.patch('/me', choice),
    done: (_, choice) => changeMe(choice),
    failed: t('display.failed'),
  })
  return (
    <Section title={t('display.shown')} lead={t('display.shown_lead')}>
      <Stack gap="sm">
        {me.network.presence && <Switch checked={me.shows_presence !== false} onChange={(event) => change.mutate({ shows_presence: event.currentTarget.checked })}
          label={t('display.presence')} description={t('display.presence_hint')} />}
        <Switch checked={me.shows_writing !== false} onChange={(event) => change.mutate({ shows_writing: event.currentTarget.checked })} label={t('display.writing')} />
      </Stack>
    </Section>
  )
}

/** How this browser shows things; kept here, not on the server, but for the language, in which one also gets letters, and the rail. */
export function DisplaySettings() {
  const { t, i18n } = useTranslation('settings')
  const { colorScheme, setColorScheme } = useScheme()
  const enters = enterSends.use()
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
      <Shown />
      <Section title={t('display.rail')} lead={t('display.rail_lead')}>
        <Switch checked={useRail().unread_first} onChange={(event) => void arrangeRail({ unread_first: event.currentTarget.checked })} label={t('display.unread_first')} />
      </Section>
      <Section title={t('display.keys')} lead={t('display.keys_lead')}>
        <Switch checked={singleKeys.use()} onChange={(event) => setSingleKeys(event.currentTarget.checked)} label={t('display.keys_on')} />
      </Section>
      <Section title={t('display.sending')} lead={t('display.sending_lead')}>
        <Stack gap="sm">
          {(['chat', 'thread'] as const).map((talk) => (
            <Switch key={talk} checked={enters[talk]} onChange={(event) => setEnter({ [talk]: event.currentTarget.checked })} label={t(`display.enter_${talk}`)} />
          ))}
          <Switch checked={undoing.use()} onChange={(event) => setUndoing(event.currentTarget.checked)} label={t('display.undo')} description={t('display.undo_hint')} />
        </Stack>
      </Section>
    </SettingsPage>
  )
}
