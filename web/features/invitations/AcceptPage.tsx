import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ApiError } from '../../kernel/api.ts'
import { isGeneral, valuesOf } from '../../kernel/form.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import { failureTitle, reasonOf } from '../../kernel/reason.ts'
import { useParam } from '../../kernel/route.ts'
import { enter } from '../../kernel/session.tsx'
import { ownTimeZone } from '../../kernel/time-zones.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Gate } from '../../kernel/ui/Gate.tsx'
import { PERSON_FIELDS, PersonFields } from '../../core/people/PersonFields.tsx'
import type { OpenInvitation } from './invitation.ts'

/** What an invitation link opens: who invites, to what, and how to come in. */
export function AcceptPage() {
  const { t } = useTranslation('invitations')
  const token = useParam('token')
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.get<OpenInvitation>(`/invitations/by-token/${token}`, {}, signal),
    retry: false,
  })
  if (error instanceof ApiError && error.status < 500 && error.status >= 400)
    return <Gate title={t('over.title')} lead={t('over.text')}><Link className="link" to={paths.signIn}>{t('over.sign_in')}</Link></Gate>
  if (error) return <Gate title={failureTitle(t, error)}><ErrorState error={error} retry={refetch} /></Gate>
  if (!data) return null
  const network = typeof data.network === 'string' ? data.network : data.network.name
  return (
    <Gate title={t('accept.title', { network })} lead={<Words invitation={data} />}>
      <AcceptForm token={token} invitation={data} />
    </Gate>
  )
}

function Words({ invitation }: { invitation: OpenInvitation }) {
  const { t } = useTranslation('invitations')
  const spaces = new Intl.ListFormat(t('kernel:locale')).format(invitation.spaces.map(({ name }) => name))
  return (
    <>
      {invitation.inviter ? t('accept.by', { name: invitation.inviter.name }) : t('accept.welcome')}
      {spaces && ` ${t('accept.spaces', { spaces })}`}
      {invitation.role === 'guest' && ` ${t('accept.guest')}`}
    </>
  )
}

function AcceptForm({ token, invitation }: { token: string; invitation: OpenInvitation }) {
  const { t } = useTranslation('invitations')
  const navigate = useNavigate()
  const accept = useCommand<Record<string, string>>({
    run: (body) => api.post(`/invitations/by-token/${token}/accept`, { time_zone: ownTimeZone(), ...body }).then(enter),
    done: () => void navigate({ to: paths.home }),
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    accept.mutate(valuesOf(event.currentTarget))
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <PersonFields autoFocus error={accept.error} name={invitation.claims?.name} handle={invitation.claims?.handle} email={invitation.email ?? undefined} />
        {isGeneral(accept.error, PERSON_FIELDS) && <FormError>{reasonOf(t, accept.error)}</FormError>}
        <Button type="submit" size="md" fullWidth loading={accept.isPending}>{t('accept.join')}</Button>
        <p className="quiet">{t('accept.known')} <Link className="link" to={paths.signIn}>{t('over.sign_in')}</Link></p>
      </Stack>
    </form>
  )
}
