import { Button, Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconKey } from '@tabler/icons-react'
import { useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isAdmin } from '../../core/people/policy.ts'
import { api } from '../../kernel/api.ts'
import { valuesOf } from '../../kernel/form.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Page } from '../../kernel/types.ts'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { SettingsPage } from './SettingsPage.tsx'

type Scope = 'read' | 'write' | 'admin' | 'grant' | 'feed'
type Token = { id: string; name: string; created_at: string; last_used_at: string | null; expires_at: string | null; scopes: Scope[] }
type NewToken = Token & { token: string }
const KEY = ['tokens']
const DAY = 86_400_000
const refresh = () => void queryClient.invalidateQueries({ queryKey: KEY })

export function TokenSettings() {
  const { t } = useTranslation('settings')
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Page<Token>>('/tokens', {}, signal) })
  const remove = useCommand<string>({ run: (id) => api.delete(`/tokens/${id}`), done: refresh, failed: t('tokens.failed') })
  return (
    <SettingsPage>
      <Section title={t('tokens.title')} lead={t('tokens.lead')}>
        <NewTokenForm />
        {data?.items.map((token) => (
          <ListRow key={token.id} Icon={IconKey} title={token.name} text={<TokenFacts token={token} />}
            aside={<Button size="compact-md" variant="default" onClick={() => remove.mutate(token.id)}>{t('tokens.revoke')}</Button>} />
        ))}
        {error && !data && <ErrorState error={error} retry={refetch} />}
        {data?.items.length === 0 && <p className="quiet">{t('tokens.none')}</p>}
      </Section>
    </SettingsPage>
  )
}

function TokenFacts({ token }: { token: Token }) {
  const { t } = useTranslation('settings')
  return (
    <>
      {t('created')} <TimeAgo at={token.created_at} />
      {' · '}{token.last_used_at ? <>{t('used')} <TimeAgo at={token.last_used_at} /></> : t('tokens.unused')}
      {` · ${token.scopes.map((scope) => t(`tokens.scope_${scope}`)).join(', ')}`}
      {token.expires_at && ` · ${t('tokens.ends', { date: new Date(token.expires_at).toLocaleDateString(t('kernel:locale')) })}`}
    </>
  )
}

function NewTokenForm() {
  const { t } = useTranslation('settings')
  const form = useRef<HTMLFormElement>(null)
  const make = useCommand<Record<string, string>, NewToken>({
    run: ({ name, days, scopes }) =>
      api.post<NewToken>('/tokens', { name, scopes: scopes.split(','), expires_at: Number(days) ? new Date(Date.now() + Number(days) * DAY).toISOString() : undefined }),
    done: () => {
      form.current?.reset()
      refresh()
    },
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    make.mutate(valuesOf(event.currentTarget))
  }
  const spans = ['30', '90', '365', '0'].map((value) => ({ value, label: t(`tokens.days_${value}`) }))
  const kinds = ['read', 'read,write', ...(isAdmin(useMe()) ? ['read,write,admin', 'read,write,admin,grant'] : [])].map((value) => ({ value, label: t(`tokens.may_${value.split(',').length}`) }))
  return (
    <form ref={form} onSubmit={send}>
      <Group gap="xs" align="flex-end" mb="md">
        <TextInput name="name" label={t('tokens.name')} placeholder={t('tokens.placeholder')} required maxLength={60} style={{ flex: 1, minWidth: 180 }} />
        <Select name="days" label={t('tokens.span')} data={spans} defaultValue="90" allowDeselect={false} w={150} />
        <Select name="scopes" label={t('tokens.may')} data={kinds} defaultValue="read,write" allowDeselect={false} w={300} maw="100%" />
        <Button type="submit" loading={make.isPending}>{t('tokens.make')}</Button>
      </Group>
      {make.error && <FormError>{reasonOf(t, make.error)}</FormError>}
      {make.data && <CopyField label={t('tokens.once')} value={make.data.token} />}
    </form>
  )
}
