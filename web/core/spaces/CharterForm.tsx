import { Button, Group, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../kernel/api.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Space, Visibility } from '../../kernel/types.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { AudiencePreview } from './AudiencePreview.tsx'
import classes from './CharterForm.module.css'
import type { Charter } from './commands.ts'

const CHOICES: Visibility[] = ['open', 'closed', 'secret']

type Props = { space?: Space; action: string; busy: boolean; error: unknown; submit: (charter: Charter) => void; close: () => void }

/** What a space is for and who can read it, said plainly before anybody writes there. */
export function CharterForm({ space, action, busy, error, submit, close }: Props) {
  const { t } = useTranslation('spaces')
  const { network } = useMe()
  const [visibility, setVisibility] = useState<Visibility>(space?.visibility ?? 'open')
  const [people, setPeople] = useState<string[]>([])
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const text = (name: string) => String(values.get(name) ?? '').trim()
    submit({ name: text('name'), purpose: text('purpose'), audience_note: text('audience_note'), visibility, ...(!space && { people }) })
  }
  const wrong = (name: string) => error instanceof ApiError && error.errors.find(({ path }) => path === name)?.message
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput name="name" label={t('charter:name')} required maxLength={80} defaultValue={space?.name} error={wrong('name')} data-autofocus />
        <Textarea name="purpose" label={t('charter:purpose')} description={t('charter:purpose_hint')} required autosize minRows={2} maxRows={6}
          maxLength={500} defaultValue={space?.purpose} error={wrong('purpose')} />
        <TextInput name="audience_note" label={t('charter:audience_note')} description={t('charter:audience_hint')} maxLength={200}
          defaultValue={space?.audience_note ?? ''} error={wrong('audience_note')} />
        <Radio.Group label={t('charter:visibility')} value={visibility} onChange={(value) => setVisibility(value as Visibility)}>
          {CHOICES.map((choice) => (
            <Radio key={choice} value={choice} className={classes.choice} label={t(`visibility.${choice}`)}
              disabled={choice === 'open' && !!space && space.visibility !== 'open'}
              description={t(`charter:${choice}_hint`, { network: network.name })} />
          ))}
        </Radio.Group>
        {space && space.visibility !== 'open' && <p className={classes.narrow}>{t('charter:cannot_widen')}</p>}
        {!space && <PeoplePicker label={t('charter:people')} description={t('charter:people_hint')} value={people} onChange={setPeople} />}
        <AudiencePreview visibility={visibility} members={space?.member_count} />
        {!!error && <FormError>{reasonOf(t, error)}</FormError>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
          <Button type="submit" loading={busy}>{action}</Button>
        </Group>
      </Stack>
    </form>
  )
}
