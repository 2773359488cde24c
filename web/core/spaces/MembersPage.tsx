import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { usePages } from '../../kernel/query.ts'
import { isGone } from '../../kernel/reason.ts'
import { useParam } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { BackLink } from '../../kernel/ui/BackLink.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { withInvited } from '../../kernel/ui/audience.ts'
import { Invited } from './Invited.tsx'
import { InvitePanel } from './InvitePanel.tsx'
import { MemberRow, type Member } from './MemberRow.tsx'
import { spaceKeys, useSpace } from './queries.ts'
import { Requests } from './Requests.tsx'
import { SpaceTabs } from './SpaceTabs.tsx'

/** Who is in a space; for its hosts also who asks to be, and the way to bring others in. */
export function MembersPage() {
  const { t } = useTranslation('spaces')
  const id = useParam('id')
  const { data: space, error, refetch } = useSpace(id)
  const list = usePages<Member>(spaceKeys.members(id), `/spaces/${id}/members`)
  const me = useMe()
  const [isInviting, setInviting] = useState(false)
  if (error && (!space || isGone(error))) return <Page title={t('members')}><ErrorState error={error} retry={refetch} /></Page>
  if (!space) return <Page title={t('members')}><RowSkeletons /></Page>
  const mayInvite = space.state === 'active' && (space.my.may_manage || (space.my.role && space.visibility === 'open')) && me.role !== 'guest'
  return (
    <Page title={t('members:members_of', { name: space.name })} before={<BackLink to={paths.space(id)} label={space.name} />} below={<SpaceTabs space={space} />}
      actions={mayInvite && (
        <Button size="compact-md" leftSection={<IconUserPlus size={16} />} aria-expanded={isInviting} onClick={() => setInviting(!isInviting)}>
          {t('invite')}
        </Button>
      )}>
      <p><AudienceLabel audience={withInvited(space)} says="readers" /></p>
      {isInviting && <InvitePanel space={space} members={list.items} />}
      {space.my.may_manage && <Requests space={space} />}
      {space.my.may_manage && <Invited space={space} />}
      {list.isPending && <RowSkeletons />}
      {list.error && <ErrorState error={list.error} retry={list.refetch} />}
      {list.items.map((member) => <MemberRow key={member.id} space={space} member={member} />)}
      <MoreButton list={list} />
      {space.my.may_read && !space.my.role && space.visibility === 'open' && (
        <p className="quiet">{t('members:open_others')} <Link className="link" to={paths.people}>{t('kernel:nav.people')}</Link></p>
      )}
    </Page>
  )
}
