import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useMemo, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { useNetwork } from '../../kernel/network.ts'
import { notify } from '../../kernel/notify.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { changeMe, useMe } from '../../kernel/session.tsx'
import { ownTimeZone } from '../../kernel/time-zones.ts'
import type { Me } from '../../kernel/types.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { PhotoField } from './PhotoField.tsx'
import { SettingsPage } from './SettingsPage.tsx'
import classes from './ProfileSettings.module.css'

const FIELDS = ['name', 'handle', 'email', 'pronouns', 'title', 'department', 'time_zone', 'about']

export function ProfileSettings() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const save = useCommand<Record<string, string>, Me>({
    run: (profile) => api.patch<Me>('/me', profile),
    done: (person) => {
      changeMe(person)
      notify(t('saved'))
    },
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { email, ...profile } = valuesOf(event.currentTarget)
    // The same address again would be another letter.
    save.mutate(email && email !== shownEmail(me) ? { ...profile, email } : profile)
  }
  return (
    <SettingsPage>
      <PhotoField />
      <form onSubmit={send}>
        <Stack gap="md">
          <div className={classes.pair}>
            <TextInput name="name" label={t('profile.name')} required maxLength={100} autoComplete="name" defaultValue={me.name} error={errorAt(save.error, 'name')} />
            <TextInput name="pronouns" label={t('profile.pronouns')} maxLength={40} defaultValue={me.pronouns ?? ''} error={errorAt(save.error, 'pronouns')} />
          </div>
          <div className={classes.pair}>
            <TextInput name="handle" label={t('profile.handle')} required maxLength={39} leftSection="@" autoCapitalize="none" spellCheck={false}
              defaultValue={me.handle} error={errorAt(save.error, 'handle')} />
            <TextInput name="title" label={t('profile.title')} maxLength={100} autoComplete="organization-title" defaultValue={me.title ?? ''} error={errorAt(save.error, 'title')} />
          </div>
          <EmailField error={errorAt(save.error, 'email')} />
          <div className={classes.pair}>
            <TextInput name="department" label={t('profile.department')} description={t('profile.department_hint')} maxLength={100}
              defaultValue={me.department ?? ''} error={errorAt(save.error, 'department')} />
            <TimeZoneField error={errorAt(save.error, 'time_zone')} />
          </div>
          <Textarea name="about" label={t('profile.about')} description={t('profile.about_hint')} autosize minRows={3} maxRows={10} maxLength={2000}
            defaultValue={me.about ?? ''} error={errorAt(save.error, 'about')} />
          {isGeneral(save.error, FIELDS) && <FormError>{reasonOf(t, save.error)}</FormError>}
          <Group justify="flex-end"><Button type="submit" loading={save.isPending}>{t('kernel:save')}</Button></Group>
        </Stack>
      </form>
    </SettingsPage>
  )
}

const shownEmail = (me: Me) => me.email_pending ?? me.email ?? ''

function EmailField({ error }: { error?: string }) {
  const { t } = useTranslation('settings')
  const me = useMe()
  const { data: network } = useNetwork()
  const letter = t(network?.mail === false ? 'profile.email_mailbox' : 'profile.email_letter', { email: me.email_pending })
  const stays = me.email && t('profile.email_stays', { email: me.email })
  const description = me.email_pending ? [letter, stays].filter(Boolean).join(' ') : t('profile.email_hint')
  return <TextInput key={shownEmail(me)} name="email" type="email" label={t('profile.email')} description={description} autoComplete="email"
    defaultValue={shownEmail(me)} error={error} />
}

function TimeZoneField({ error }: { error?: string }) {
  const { t } = useTranslation('settings')
  const me = useMe()
  const zones = useMemo(() => [...new Set([me.time_zone ?? '', ownTimeZone(), ...Intl.supportedValuesOf('timeZone')])].filter(Boolean), [me.time_zone])
  return (
    <Select name="time_zone" label={t('profile.time_zone')} description={t('profile.time_zone_hint')} searchable clearable data={zones} limit={60}
      defaultValue={me.time_zone || null} error={error} nothingFoundMessage={t('profile.no_zone')}
      clearButtonProps={{ 'aria-label': t('profile.clear') }} />
  )
}
