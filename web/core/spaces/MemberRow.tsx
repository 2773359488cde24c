import { useTranslation } from 'react-i18next'
import { useMe } from '../../kernel/session.tsx'
import type { MemberRole, PersonCard, Space } from '../../kernel/types.ts'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useChangeMember } from './commands.ts'

export type Member = PersonCard & { membership: { role: MemberRole; created_at: string } }

export function MemberRow({ space, member }: { space: Space; member: Member }) {
  const { t } = useTranslation('spaces')
  const me = useMe()
  const isManaged = space.my.may_manage && member.id !== me.id
  return (
    <PersonRow person={member} aside={
      <>
        {member.membership.role === 'host' && <Chip tone="plain">{t('role.host')}</Chip>}
        {isManaged && <MemberMenu space={space} member={member} />}
      </>
    } />
  )
}

function MemberMenu({ space, member }: { space: Space; member: Member }) {
  const { t } = useTranslation('spaces')
  const change = useChangeMember(space.id)
  const other = member.membership.role === 'host' ? 'member' : 'host'
  return (
    <ActionMenu label={t('members:manage', { name: member.name })} entries={[
      { label: t(`members:make.${other}`), run: () => change.mutate({ person: member.id, role: other }) },
      { label: t('members:remove'), danger: true, run: () => change.mutate({ person: member.id, role: null }) },
    ]} />
  )
}
