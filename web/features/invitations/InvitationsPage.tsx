import { Button } from '@mantine/core'
import { IconLink, IconMail } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import { isAdmin } from '../../core/people/policy.ts'
import { PeopleTabs } from '../../core/people/PeopleTabs.tsx'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand, usePages } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { NotFoundMessage } from '../../kernel/ui/NotFound.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { InvitationForm } from './InvitationForm.tsx'
import type { Invitation, Invited } from './invitation.ts'
import { isLocal, Results } from './Results.tsx'

const KEY = ['invitations']
const refresh = () => void queryClient.invalidateQueries({ queryKey: KEY })

/** Under Administration: everybody's invitations, with all that can be said of one. */
export function InvitationsPage() {
  return <AdminPage><Invitations /></AdminPage>
}

/** For members, where the network lets them invite: their own. */
export function InvitePage() {
  const { t } = useTranslation('invitations')
  const me = useMe()
  const mayInvite = isAdmin(me) || (me.role === 'member' && me.network.members_invite)
  return <Page title={t('invite_people')} below={<PeopleTabs />}>{mayInvite ? <Invitations /> : <NotFoundMessage />}</Page>
}

type Wish = { body: object; emails: string[] }
type Made = { link?: Invitation; items?: Invited[] }

function Invitations() {
  const { t } = useTranslation('invitations')
  const list = usePages<Invitation>(KEY, '/invitations')
  const make = useCommand<Wish, Made>({
    run: async ({ body, emails }) => (emails.length
      ? api.post<{ items: Invited[] }>('/invitations/many', { ...body, emails })
      : { link: await api.post<Invitation>('/invitations', body) }),
    done: refresh,
  })
  const { link, items } = make.data ?? {}
  return (
    <>
      <Section title={t('new')} lead={t('lead')}>
        <div role="status">
          {link?.url && <CopyField label={t('made')} value={link.url} />}
          {link?.url && isLocal(link.url) && <p><strong>{t('local_link')}</strong></p>}
          {items && <Results items={items} />}
        </div>
        <InvitationForm key={make.submittedAt && make.isSuccess ? make.submittedAt : 0} busy={make.isPending} error={make.error} submit={(body, emails) => make.mutate({ body, emails })} />
      </Section>
      <Section title={t('open')}>
        {list.isPending && <RowSkeletons count={3} />}
        {list.error && <ErrorState error={list.error} retry={list.refetch} />}
        {list.isSuccess && list.items.length === 0 && <EmptyState Icon={IconLink} title={t('none')}>{t('none_hint')}</EmptyState>}
        {list.items.map((invitation) => <InvitationRow key={invitation.id} invitation={invitation} />)}
        <MoreButton list={list} />
      </Section>
    </>
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
