import { PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorAt, handleFrom } from '../../kernel/form.ts'

export const PERSON_FIELDS = ['name', 'handle', 'email', 'password']

type Props = { error: unknown; name?: string; handle?: string; email?: string; autoFocus?: boolean }

/** What a new person says of themselves: for the first run and for invitations. */
export function PersonFields({ error, name: known = '', handle: kept, email, autoFocus }: Props) {
  const { t } = useTranslation('setup')
  const [name, setName] = useState(known)
  const [handle, setHandle] = useState<string | null>(kept ?? null)
  return (
    <>
      <TextInput name="name" label={t('name')} required maxLength={100} autoComplete="name" size="md" autoFocus={autoFocus} value={name}
        onChange={(event) => setName(event.currentTarget.value)} error={errorAt(error, 'name')} />
      <TextInput name="handle" label={t('handle')} description={t('handle_hint')} required maxLength={39} autoCapitalize="none" spellCheck={false}
        pattern="[a-zA-Z0-9][a-zA-Z0-9._\-]*" title={t('handle_rule')} size="md" leftSection="@" value={handle ?? handleFrom(name)}
        onChange={(event) => setHandle(event.currentTarget.value.toLowerCase())} error={errorAt(error, 'handle')} />
      <TextInput name="email" type="email" label={t('email')} required autoComplete="email" size="md" defaultValue={email}
        error={errorAt(error, 'email')} />
      <PasswordInput name="password" label={t('password')} description={t('password_hint')} required minLength={8} autoComplete="new-password"
        size="md" visibilityToggleButtonProps={{ 'aria-label': t('kernel:show_password') }} error={errorAt(error, 'password')} />
    </>
  )
}
