import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import { RailLink } from '../../kernel/shell/RailLink.tsx'
import { RailSection } from '../../kernel/shell/RailSection.tsx'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { spaceName } from '../../kernel/ui/audience.ts'
import { AudienceDot } from '../../kernel/ui/AudienceLabel.tsx'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { newSpace } from './NewSpaceDoor.tsx'
import { useConversations, useMySpaces } from './queries.ts'

const PEOPLE_SHOWN = 7

/** The spaces I follow and the people I talk to. */
export function RailSections() {
  return (
    <>
      <Followed />
      <Talked />
    </>
  )
}

function Followed() {
  const { t } = useTranslation('spaces')
  const { data = [] } = useMySpaces()
  const unread = useUnread()
  const me = useMe()
  const named = data.filter(({ state }) => state === 'active').toSorted((a, b) => a.name.localeCompare(b.name))
  const add = me.role !== 'guest' && (
    <IconButton size={24} label={t('new')} onClick={() => newSpace.set(true)}>
      <IconPlus size={17} stroke={1.75} />
    </IconButton>
  )
  return (
    <RailSection title={t('rail')} action={add}>
      {named.map((space) => (
        <RailLink key={space.id} to={paths.space(space.id)} lead={<AudienceDot audience={space.audience} />}
          count={unread.spaces[space.id]} strong={!!unread.spaces[space.id]}>
          {space.name}
        </RailLink>
      ))}
    </RailSection>
  )
}

function Talked() {
  const { t } = useTranslation('spaces')
  const { data } = useConversations()
  const unread = useUnread()
  const me = useMe()
  const shown = data?.items.slice(0, PEOPLE_SHOWN) ?? []
  if (shown.length === 0) return null
  return (
    <RailSection title={t('talked')}>
      {shown.map((space) => (
        <RailLink key={space.id} to={paths.conversation(space.id)} lead={<Avatar person={space.people[0] ?? me} size={24} />}
          badge={unread.spaces[space.id]} strong={!!unread.spaces[space.id]}>
          {spaceName(t, space)}
        </RailLink>
      ))}
    </RailSection>
  )
}
