import { Button, PasswordInput, Stack } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { passkeysWork, proveWithPasskey } from '../../core/people/passkey.ts'
import { api, whenProofNeeded } from '../../kernel/api.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import { createStore } from '../../kernel/store.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'

// Who waits for the answer; null while nobody asks.
const asked = createStore<((isProven: boolean) => void) | null>(null)

function answer(isProven: boolean) {
  asked.get()?.(isProven)
  asked.set(null)
}

/** Asks for the password or a passkey when a command needs to know that it is still the same person. */
export function ProofDialog() {
  const isAsked = asked.use() !== null
  useEffect(() => whenProofNeeded(() => new Promise((resolve) => {
    answer(false)
    asked.set(resolve)
  })), [])
  return isAsked ? <ProofForm /> : null
}

function ProofForm() {
  const { t } = useTranslation('kernel')
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
            visibilityToggleButtonProps={{ 'aria-label': t('show_password') }} error={errorAt(password.error, 'current')} />
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
