import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { valuesOf } from '../../kernel/form.ts'
import { useNetwork } from '../../kernel/network.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useSearchParam } from '../../kernel/route.ts'
import { enter } from '../../kernel/session.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Gate } from '../../kernel/ui/Gate.tsx'
import { offerPasskeys, passkeysWork, signInWithPasskey } from '../../core/people/passkey.ts'

/** Only a path of our own: an address from elsewhere must not lead out of here after signing in. */
function safeBack(back: string | undefined) {
  return back && /^\/(?![/\\])/.test(back) ? back : '/'
}

export function SignInPage() {
  const { t } = useTranslation('sign-in')
  const { data: network } = useNetwork()
  if (network?.setup_needed) return <Gate title={t('empty.title')} lead={t('empty.text')}>{null}</Gate>
  return (
    <Gate title={network?.name ? t('title_at', { network: network.name }) : t('title')} lead={t('lead')}>
      <SignInForm />
    </Gate>
  )
}

function SignInForm() {
  const { t } = useTranslation('sign-in')
  const navigate = useNavigate()
  const back = safeBack(useSearchParam('back'))
  const inside = () => void navigate({ to: back })
  const signIn = useCommand<Record<string, string>>({ run: (body) => api.post('/sessions', body).then(enter), done: inside })
  const passkey = useCommand({ run: () => signInWithPasskey().then(enter), done: inside })
  useEffect(() => offerPasskeys(() => void enter().then(inside)), [])
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    signIn.mutate(valuesOf(event.currentTarget))
  }
  const error = signIn.error ?? passkey.error
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput name="login" label={t('login')} required autoComplete="username webauthn" autoCapitalize="none" spellCheck={false} size="md" autoFocus />
        <PasswordInput name="password" label={t('password')} required autoComplete="current-password" size="md"
          visibilityToggleButtonProps={{ 'aria-label': t('kernel:show_password') }} />
        {error && <FormError>{reasonOf(t, error)}</FormError>}
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>{t('enter')}</Button>
        {passkeysWork() && (
          <Button variant="default" size="md" fullWidth leftSection={<IconFingerprint size={18} />} loading={passkey.isPending}
            onClick={() => passkey.mutate()}>
            {t('passkey')}
          </Button>
        )}
        <p className="quiet"><Link className="link" to={paths.forgotten}>{t('forgotten')}</Link></p>
      </Stack>
    </form>
  )
}
