import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { useNetwork } from '../../kernel/network.ts'
import { notify } from '../../kernel/notify.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Gate } from '../../kernel/ui/Gate.tsx'

/** Who forgot their password asks for a letter here; without mail only an administrator can help. */
export function ForgottenPage() {
  const { t } = useTranslation('sign-in')
  const { data: network } = useNetwork()
  const [isAsked, setIsAsked] = useState(false)
  const ask = useCommand<Record<string, string>>({ run: (body) => api.post('/password-resets', body), done: () => setIsAsked(true) })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate(valuesOf(event.currentTarget))
  }
  const back = <Link className="link" to={paths.signIn}>{t('enter')}</Link>
  if (network && !network.mail) return <Gate title={t('reset.title')} lead={t('reset.no_mail')}>{back}</Gate>
  if (isAsked) return <Gate title={t('reset.asked')} lead={t('reset.asked_text')}>{back}</Gate>
  return (
    <Gate title={t('reset.title')} lead={t('reset.lead')}>
      <form onSubmit={send}>
        <Stack gap="md">
          <TextInput name="login" label={t('login')} required autoComplete="username" autoCapitalize="none" spellCheck={false} size="md" autoFocus />
          {ask.error && <FormError>{reasonOf(t, ask.error)}</FormError>}
          <Button type="submit" size="md" fullWidth loading={ask.isPending}>{t('reset.send')}</Button>
          {back}
        </Stack>
      </form>
    </Gate>
  )
}

/** Opened by the link of a letter: the secret stands behind the #, which no server and no log ever gets. */
export function NewPasswordPage() {
  const { t } = useTranslation('sign-in')
  const navigate = useNavigate()
  const [token] = useState(() => location.hash.slice(1))
  const use = useCommand<Record<string, string>>({
    run: ({ password }) => api.post('/password-resets/use', { token, password }),
    done: () => {
      notify(t('reset.done'))
      void navigate({ to: paths.signIn })
    },
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    use.mutate(valuesOf(event.currentTarget))
  }
  return (
    <Gate title={t('reset.choose')} lead={t('reset.choose_lead')}>
      <form onSubmit={send}>
        <Stack gap="md">
          <PasswordInput name="password" label={t('reset.new')} required minLength={8} autoComplete="new-password" size="md" autoFocus
            visibilityToggleButtonProps={{ 'aria-label': t('kernel:show_password'), tabIndex: 0 }} error={errorAt(use.error, 'password')} />
          {isGeneral(use.error, ['password']) && <FormError>{reasonOf(t, use.error)}</FormError>}
          <Button type="submit" size="md" fullWidth loading={use.isPending}>{t('reset.set')}</Button>
          <Link className="link" to={paths.forgotten}>{t('reset.again')}</Link>
        </Stack>
      </form>
    </Gate>
  )
}
