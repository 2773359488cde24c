import { Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChoosePicture, usePictureChoices } from '../../core/people/picture.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { SettingsPage } from './SettingsPage.tsx'

const READABLE = { description: { lineHeight: 1.45, fontSize: 14 } }

/** Whether one is counted among those who talk with each other. */
export function NetworkSettings() {
  const { t } = useTranslation('settings')
  const { data, error, refetch } = usePictureChoices()
  const choose = useChoosePicture(t('network.failed'))
  return (
    <SettingsPage>
      <Section title={t('network.title')} lead={t('network.lead')}>
        {!data && !error && <RowSkeletons count={2} />}
        {error && !data && <ErrorState error={error} retry={refetch} />}
        {data && (
          <Stack gap="lg">
            <Switch styles={READABLE} checked={data.in_network} label={t('network.in_network')} description={t('network.in_network_hint')}
              onChange={(event) => choose.mutate({ in_network: event.currentTarget.checked })} />
            <Switch styles={READABLE} checked={data.in_network && data.count_direct} disabled={!data.in_network} label={t('network.count_direct')}
              description={t('network.count_direct_hint')} onChange={(event) => choose.mutate({ count_direct: event.currentTarget.checked })} />
          </Stack>
        )}
      </Section>
    </SettingsPage>
  )
}
