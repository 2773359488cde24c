import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { notify } from '../../kernel/notify.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { offerToEndEverything } from './EndEverything.tsx'

export function PasswordSection() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const form = useRef<HTMLFormElement>(null)
  const change = useCommand<Record<string, string>>({
    run: ({ password }) => api.put('/me/password', { password }),
    done: () => {
      form.current?.reset()
      notify(t('password.changed'))
      offerToEndEverything()
      void queryClient.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    change.mutate(valuesOf(event.currentTarget))
  }
  const toggle = { 'aria-label': t('kernel:show_password') }
  return (
    <Section title={t('password.title')} lead={t('password.lead')}>
      <form ref={form} onSubmit={send}>
        <input type="text" name="username" autoComplete="username" defaultValue={me.handle} hidden readOnly />
        <Stack gap="sm">
          <PasswordInput name="password" label={t('password.new')} description={t('password.hint')} required minLength={8} autoComplete="new-password"
            visibilityToggleButtonProps={toggle} error={errorAt(change.error, 'password')} />
          {isGeneral(change.error, ['password']) && <FormError>{reasonOf(t, change.error)}</FormError>}
          <Group justify="flex-end"><Button type="submit" loading={change.isPending}>{t('password.change')}</Button></Group>
        </Stack>
      </form>
    </Section>
  )
}
