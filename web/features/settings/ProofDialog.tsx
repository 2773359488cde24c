import { Button, PasswordInput, Stack } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { passkeysWork, proveWithPasskey } from '../../core/people/passkey.ts'
import { api } from '../../kernel/api.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'

/** The password or a passkey, asked for when a command needs to know that it is still the same person. */
export function ProofDialog({ answer }: { answer: (isProven: boolean) => void }) {
  const { t } = useTranslation('problems')
  const me = useMe()
  const done = () => answer(true)
  const password = useCommand<Record<string, string>>({ run: (body) => api.post('/sessions/current/proof', body), done })
  const passkey = useCommand({ run: proveWithPasskey, done })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    password.mutate(valuesOf(event.currentTarget))
  }
  const error = passkey.error ?? (isGeneral(password.error, ['current']) ? password.error : null)
  return (
    <Dialog title={t('proof.title')} close={() => answer(false)} size="sm">
      <form onSubmit={send}>
        <input type="text" name="username" autoComplete="username" defaultValue={me.handle} hidden readOnly />
        <Stack gap="md">
          <p className="quiet">{t('proof.lead')}</p>
          <PasswordInput name="password" label={t('proof.password')} required autoComplete="current-password" data-autofocus
            visibilityToggleButtonProps={{ 'aria-label': t('kernel:show_password') }} error={errorAt(password.error, 'current')} />
          {error && <FormError>{reasonOf(t, error)}</FormError>}
          <Button type="submit" loading={password.isPending}>{t('proof.go_on')}</Button>
          {passkeysWork() && (
            <Button variant="default" leftSection={<IconFingerprint size={18} />} loading={passkey.isPending} onClick={() => passkey.mutate()}>
              {t('proof.passkey')}
            </Button>
          )}
        </Stack>
      </form>
    </Dialog>
  )
}
