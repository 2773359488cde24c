import { Button, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { useNetwork } from '../../kernel/network.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useSearchParam } from '../../kernel/route.ts'
import { enter } from '../../kernel/session.tsx'
import { ownTimeZone } from '../../kernel/time-zones.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Gate } from '../../kernel/ui/Gate.tsx'
import { Redirect } from '../../kernel/ui/Redirect.tsx'
import { PERSON_FIELDS, PersonFields } from '../../core/people/PersonFields.tsx'

/** Opened by the one-time link: names the network and makes its first person. */
export function SetupPage() {
  const { t } = useTranslation('setup')
  const token = useSearchParam('token')
  const { data: network } = useNetwork()
  if (network && !network.setup_needed) return <Redirect to={paths.home} />
  if (!token) return <Gate title={t('no_token.title')} lead={t('no_token.text')}>{null}</Gate>
  return <Gate title={t('title')} lead={t('lead')}><SetupForm token={token} /></Gate>
}

function SetupForm({ token }: { token: string }) {
  const { t } = useTranslation('setup')
  const navigate = useNavigate()
  const begin = useCommand<Record<string, string>>({
    run: (body) => api.post('/setup', { token, time_zone: ownTimeZone(), ...body }).then(enter),
    done: () => void navigate({ to: paths.home }),
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    begin.mutate(valuesOf(event.currentTarget))
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput name="network" label={t('network')} description={t('network_hint')} required maxLength={80} size="md" autoFocus
          error={errorAt(begin.error, 'network')} />
        <PersonFields error={begin.error} />
        {isGeneral(begin.error, ['network', ...PERSON_FIELDS]) && <FormError>{reasonOf(t, begin.error)}</FormError>}
        <Button type="submit" size="md" fullWidth loading={begin.isPending}>{t('begin')}</Button>
      </Stack>
    </form>
  )
}
