import { Button } from '@mantine/core'
import { IconLink, IconMail } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand, usePages } from '../../kernel/query.ts'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import type { Invitation } from './invitation.ts'
import { InvitationForm } from './InvitationForm.tsx'

const KEY = ['invitations']
const refresh = () => void queryClient.invalidateQueries({ queryKey: KEY })

export function InvitationsPage() {
  const { t } = useTranslation('invitations')
  const list = usePages<Invitation>(KEY, '/invitations')
  const make = useCommand<object, Invitation>({ run: (body) => api.post<Invitation>('/invitations', body), done: refresh })
  return (
    <AdminPage>
      <Section title={t('new')} lead={t('lead')}>
        <div role="status">
          {make.data?.url && <CopyField label={make.data.email ? t('sent', { email: make.data.email }) : t('made')} value={make.data.url} />}
          {make.data?.email && !make.data.url && <p>{t('posted', { email: make.data.email })}</p>}
        </div>
        <InvitationForm key={make.data?.id} busy={make.isPending} error={make.error} submit={make.mutate} />
      </Section>
      <Section title={t('open')}>
        {list.isPending && <RowSkeletons count={3} />}
        {list.error && <ErrorState error={list.error} retry={list.refetch} />}
        {list.isSuccess && list.items.length === 0 && <EmptyState Icon={IconLink} title={t('none')}>{t('none_hint')}</EmptyState>}
        {list.items.map((invitation) => <InvitationRow key={invitation.id} invitation={invitation} />)}
        <MoreButton list={list} />
      </Section>
    </AdminPage>
  )
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('invitations')
  const withdraw = useCommand({ run: () => api.delete(`/invitations/${invitation.id}`), done: refresh, failed: t('failed') })
  const facts = [
    t(`people:role.${invitation.role}`),
    invitation.uses === null ? t('used', { count: invitation.used }) : t('used_of', { used: invitation.used, uses: invitation.uses }),
    invitation.expires_at && t('until', { date: new Date(invitation.expires_at).toLocaleDateString(t('kernel:locale')) }),
    invitation.spaces?.map(({ name }) => name).join(', '),
  ]
  return (
    <ListRow Icon={invitation.email ? IconMail : IconLink} title={invitation.email ?? t('link')} text={facts.filter(Boolean).join(' · ')}
      aside={<Button size="compact-md" variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>{t('withdraw')}</Button>} />
  )
}
